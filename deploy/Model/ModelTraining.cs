using System.Globalization;
using System.Text.Json;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
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
/// Each week a SageMaker training job over the archive; its model is gated, promoted, and the endpoint follows. Only
/// where an image is given: without one the batch processor trains, see <see cref="FunctionTraining"/>.
/// </summary>
internal sealed class ModelTraining : Construct
{
    internal ModelTraining(
        Construct scope,
        StackSettings settings,
        Names names,
        ServedModel served,
        HostFunction gate,
        ArtifactBucket storage,
        Encryption encryption,
        Topic topic,
        Queue undelivered
    )
        : base(scope, "Training")
    {
        var training = new ContainerRole(
            this,
            "TrainingRole",
            $"What trainings of {names.Prefix} may do",
            "/aws/sagemaker/TrainingJobs*",
            settings.Model.Image!,
            [
                Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.Archive)),
                Permissions.Allow(
                    ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
                    storage.Objects(ArtifactBucket.Training)
                ),
                Permissions.Allow(["s3:ListBucket"], storage.Arn),
                .. encryption.ReadWrite,
            ]
        );
        var workflow = new Workflow(
            this,
            "StateMachine",
            new WorkflowProps(
                names.TrainingMachine,
                "training.asl.json",
                settings,
                TimeSpan.FromHours(settings.Model.TrainingHours + 6),
                Substitutions(settings, names, served, training, gate, storage, topic),
                [.. Rights(names, settings.Model, served, training, gate, topic, encryption)]
            )
        );
        Findings.Accept(
            workflow.Policy,
            "AwsSolutions-IAM5[Resource::…:sagemaker:…-*]",
            "Jobs, models and configurations have no ARN before they are made; the names begin with the stack's."
        );
        Machine = workflow.Machine;
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
            undelivered,
            withTime: true
        );
    }

    internal StateMachine Machine { get; }

    private static Dictionary<string, string> Substitutions(
        StackSettings settings,
        Names names,
        ServedModel served,
        ContainerRole training,
        HostFunction gate,
        ArtifactBucket storage,
        Topic topic
    )
    {
        var model = settings.Model;
        return new(StringComparer.Ordinal)
        {
            // It is put between quotation marks.
            ["Settings"] = JsonEncodedText.Encode(settings.Engine ?? "{}").ToString(),
            ["BatchProcessor"] = gate.Function.FunctionArn,
            ["Bucket"] = storage.Bucket.BucketName,
            ["Topic"] = topic.TopicArn,
            ["Prefix"] = names.Prefix,
            ["Image"] = model.Image!,
            ["TrainingRole"] = training.Role.RoleArn,
            ["TrainingInstanceType"] = model.TrainingInstanceType,
            ["TrainingDays"] = model.TrainingDays.ToString(CultureInfo.InvariantCulture),
            ["TrainingUserPercent"] = model.TrainingUserPercent.ToString(CultureInfo.InvariantCulture),
            ["TrainingSeconds"] = (model.TrainingHours * 3600).ToString(CultureInfo.InvariantCulture),
            ["ServingRole"] = served.ServingRole!.Role.RoleArn,
            ["Endpoint"] = model.HasEndpoint ? names.Endpoint : "",
            ["InstanceType"] = model.InstanceType,
            ["Instances"] = model.MinimumInstances.ToString(CultureInfo.InvariantCulture),
        };
    }

    private IEnumerable<PolicyStatement> Rights(
        Names names,
        ModelSettings model,
        ServedModel served,
        ContainerRole training,
        HostFunction gate,
        Topic topic,
        Encryption encryption
    )
    {
        var jobs = Arns.Of(this, "sagemaker", "training-job", $"{names.Prefix}-*");
        yield return Permissions.Allow(
            [
                "sagemaker:AddTags",
                "sagemaker:CreateTrainingJob",
                "sagemaker:DescribeTrainingJob",
                "sagemaker:ListTags",
                "sagemaker:StopTrainingJob",
            ],
            jobs
        );
        // How Step Functions learns that a job has ended.
        yield return Permissions.Allow(["events:DescribeRule", "events:PutRule", "events:PutTargets"],
            Arns.Of(this, "events", "rule", "StepFunctionsGetEventsForSageMakerTrainingJobsRule"));
        yield return Permissions.Allow(["lambda:InvokeFunction"], gate.Function.FunctionArn);
        yield return Permissions.Allow(["sns:Publish"], topic.TopicArn);
        yield return PassRole(training);
        foreach (var statement in encryption.ReadWrite)
            yield return statement;
        if (!model.HasEndpoint)
            yield break;
        yield return PassRole(served.ServingRole!);
        yield return Permissions.Allow(
            ["sagemaker:AddTags", "sagemaker:CreateModel"],
            Arns.Of(this, "sagemaker", "model", $"{names.Prefix}-*")
        );
        yield return Permissions.Allow(
            ["sagemaker:AddTags", "sagemaker:CreateEndpointConfig", "sagemaker:UpdateEndpoint"],
            Arns.Of(this, "sagemaker", "endpoint-config", $"{names.Prefix}-*")
        );
        yield return Permissions.Allow(
            ["sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpoint"],
            Arns.Endpoint(this, names.Endpoint)
        );
    }

    private static PolicyStatement PassRole(ContainerRole role) =>
        new(
            new PolicyStatementProps
            {
                Effect = Effect.ALLOW,
                Actions = ["iam:PassRole"],
                Resources = [role.Role.RoleArn],
                Conditions = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["StringEquals"] = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["iam:PassedToService"] = "sagemaker.amazonaws.com",
                    },
                },
            }
        );
}
