using System.Globalization;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Model;

/// <summary>
/// Where no image is given: each week a training in the batch processor, on as many users as fit into its memory.
/// </summary>
internal sealed class FunctionTraining : Construct
{
    internal FunctionTraining(
        Construct scope,
        StackSettings settings,
        Names names,
        HostFunction trainer,
        Encryption encryption,
        Topic topic,
        Queue undelivered
    )
        : base(scope, "Training")
    {
        Machine = Workflow.OfFunction(this, trainer, names, encryption, topic, new WorkflowProps(
            names.TrainingMachine, "function-training.asl.json", settings, TimeSpan.FromHours(2),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TrainingDays"] = settings.Model.TrainingDays.ToString(CultureInfo.InvariantCulture),
            },
            []));
        _ = new ScheduledMachine(
            this,
            "Weekly",
            names.TrainingRule,
            "Trains a model each Saturday at 18:00 UTC, so that it is there for the night's run.",
            Schedule.Cron(
                new CronOptions
                {
                    Minute = "0",
                    Hour = "18",
                    WeekDay = "SAT",
                }
            ),
            Machine,
            undelivered
        );
    }

    internal StateMachine Machine { get; }
}
