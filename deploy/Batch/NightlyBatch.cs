using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Batch;

/// <summary>
/// The batch processor, the state machine that drives it, and the rule that starts it each night at 02:00 UTC.
/// </summary>
internal sealed class NightlyBatch : Construct
{
    internal NightlyBatch(
        Construct scope,
        StackSettings settings,
        Names names,
        FunctionAssets assets,
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption,
        Topic topic,
        Queue undelivered
    )
        : base(scope, "Batch")
    {
        Processor = new HostFunction(
            this,
            "BatchProcessor",
            new HostFunctionProps(
                names.BatchProcessor,
                "Plans a batch run, ranks its segments, completes it; gates and promotes models.",
                assets.FolderOf(FunctionAssets.BatchProcessor),
                settings.Functions,
                settings.Functions.BatchMemory,
                TimeoutSeconds: 900,
                [.. Rights(settings, names, profiles, storage, encryption)],
                Variables(settings, names, profiles, storage)
            )
        );
        Findings.AcceptPrefixes(Processor.Policy);
        var workflow = new Workflow(
            this,
            "StateMachine",
            new WorkflowProps(
                names.BatchMachine,
                "batch.asl.json",
                settings,
                TimeSpan.FromHours(12),
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["BatchProcessor"] = Processor.Function.FunctionArn,
                    ["Bucket"] = storage.Bucket.BucketName,
                    ["Concurrency"] = settings.Batch.Concurrency.ToString(
                        System.Globalization.CultureInfo.InvariantCulture
                    ),
                    ["Topic"] = topic.TopicArn,
                    ["Prefix"] = names.Prefix,
                },
                [.. MachineRights(names, storage, encryption, topic)]
            )
        );
        Findings.AcceptPrefixes(workflow.Policy);
        Findings.Accept(
            workflow.Policy,
            "AwsSolutions-IAM5[Resource::…:execution:…/segments:*]",
            "Executions of the map have no ARN before they are started."
        );
        Machine = workflow.Machine;
        CountPopular(names, undelivered, "PopularOften", Duration.Minutes(15), "hour", "day");
        CountPopular(names, undelivered, "PopularSeldom", Duration.Hours(6), "week", "month");
        Repeat(
            undelivered,
            "Feedback",
            names.FeedbackRule,
            "Derives the metrics of feedback from the archive.",
            Duration.Minutes(settings.Batch.FeedbackMinutes),
            new(StringComparer.Ordinal) { ["step"] = "feedback" });
        Rule = new ScheduledMachine(
            this, "Nightly", names.BatchRule, "Starts a batch run each day at 02:00 UTC.",
            Schedule.Cron(new CronOptions { Minute = "0", Hour = "2" }), Machine, undelivered, withTime: true).Rule;
    }

    internal HostFunction Processor { get; }

    /// <summary>The short windows often, the long ones, which change slowly and are long to read, seldom.</summary>
    private void CountPopular(Names names, Queue undelivered, string id, Duration rate, params string[] windows) =>
        Repeat(
            undelivered,
            id,
            names.PopularRule(id),
            $"Counts what is popular within windows: {string.Join(", ", windows)}.",
            rate,
            new(StringComparer.Ordinal) { ["step"] = "popular", ["windows"] = windows });

    /// <summary>A step of the batch processor, again and again.</summary>
    private void Repeat(
        Queue undelivered, string id, string name, string description, Duration rate,
        Dictionary<string, object> input) =>
        _ = new Rule(this, id, new RuleProps
        {
            RuleName = name,
            Description = description,
            Schedule = Schedule.Rate(rate),
            Targets =
            [
                new LambdaFunction(Processor.Function, new LambdaFunctionProps
                {
                    Event = RuleTargetInput.FromObject(input),
                    DeadLetterQueue = undelivered,
                    RetryAttempts = 1,
                    MaxEventAge = Duration.Minutes(30),
                }),
            ],
        });

    internal StateMachine Machine { get; }

    internal Rule Rule { get; }

    private static Dictionary<string, string> Variables(
        StackSettings settings,
        Names names,
        UserProfiles profiles,
        ArtifactBucket storage
    )
    {
        var variables = FunctionEnvironment.Of(settings, names, profiles, storage);
        if (settings.Model.HasEndpoint)
            variables["ENDPOINT_NAME"] = names.Endpoint;
        return variables;
    }

    private IEnumerable<PolicyStatement> Rights(
        StackSettings settings,
        Names names,
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption
    )
    {
        yield return Permissions.Allow(
            ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem"],
            profiles.Table.TableArn
        );
        yield return Permissions.Allow(["dynamodb:Query", "dynamodb:Scan"], profiles.IndexArn);
        yield return Permissions.Allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Runs), storage.Objects(ArtifactBucket.Results));
        yield return Permissions.Allow(["s3:PutObject"], storage.Objects(ArtifactBucket.RunIndex));
        yield return Permissions.Allow(
            ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Models)
        );
        // Who is being erased is left out of what is planned.
        yield return Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.Erasures));
        // Models and stored lists are measured on events of the archive; without an image models are
        // trained on them, too.
        yield return Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.Archive));
        yield return Permissions.Allow(
            ["s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Popularity),
            storage.Objects(ArtifactBucket.Feedback),
            storage.Objects(ArtifactBucket.IdKeys),
            storage.Objects(ArtifactBucket.Experiments)
        );
        yield return Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.ListConfigurations));
        if (settings.Model.HasTraining)
            yield return Permissions.Allow(["s3:GetObject", "s3:PutObject"], storage.Objects(ArtifactBucket.Training));
        yield return Permissions.Allow(["s3:ListBucket"], storage.Arn);
        if (settings.Model.HasEndpoint)
            yield return Permissions.Allow(["sagemaker:InvokeEndpoint"], Arns.Endpoint(this, names.Endpoint));
        foreach (var statement in encryption.ReadWrite)
            yield return statement;
    }

    private IEnumerable<PolicyStatement> MachineRights(
        Names names,
        ArtifactBucket storage,
        Encryption encryption,
        Topic topic
    )
    {
        yield return Permissions.Allow(["lambda:InvokeFunction"], Processor.Function.FunctionArn);
        yield return Permissions.Allow(
            ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
            storage.Objects(ArtifactBucket.Runs)
        );
        // A distributed map starts executions of its own machine.
        yield return Permissions.Allow(["states:StartExecution"], Arns.StateMachine(this, names.BatchMachine));
        yield return Permissions.Allow(
            ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
            Arns.MapExecutions(this, names.BatchMachine)
        );
        yield return Permissions.Allow(["sns:Publish"], topic.TopicArn);
        foreach (var statement in encryption.ReadWrite)
            yield return statement;
    }
}
