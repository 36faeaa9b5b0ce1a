using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;

namespace Recommendation.Deploy.Batch;

/// <summary>
/// A rule that starts a state machine; a start that does not succeed for six hours is kept in the queue,
/// which an alarm watches.
/// </summary>
internal sealed class ScheduledMachine
{
    /// <param name="withTime">Whether the input says when the rule fired, as <c>scheduledAt</c>; else it
    /// is an empty object.</param>
    internal ScheduledMachine(
        Construct scope,
        string id,
        string name,
        string description,
        Schedule schedule,
        StateMachine machine,
        Queue undelivered,
        bool withTime = false
    )
    {
        var input = new Dictionary<string, object>(StringComparer.Ordinal);
        if (withTime)
            input["scheduledAt"] = EventField.Time;
        Rule = new Rule(scope, id, new RuleProps
        {
            RuleName = name,
            Description = description,
            Schedule = schedule,
            Targets =
            [
                new SfnStateMachine(machine, new SfnStateMachineProps
                {
                    Input = RuleTargetInput.FromObject(input),
                    DeadLetterQueue = undelivered,
                    RetryAttempts = 24,
                    MaxEventAge = Duration.Hours(6),
                }),
            ],
        });
    }

    internal Rule Rule { get; }
}
