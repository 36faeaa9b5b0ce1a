using Amazon.CDK;
using Constructs;
using Recommendation.Deploy.Api;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Erasure;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Ingestion;
using Recommendation.Deploy.Model;
using Recommendation.Deploy.Monitoring;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy;

/// <summary>
/// The whole system, in the order in which data flow through it:
/// events → stream → profiles, archive; profiles → nightly run → lists; archive → training → model; all of it → API,
/// alarms, dashboard.
/// </summary>
internal sealed class RecommendationStack : Stack
{
    internal RecommendationStack(Construct scope, string id, RecommendationStackProps props)
        : base(scope, id, props)
    {
        // Access logs by the bucket's policy; the other way needs access control lists, which are off.
        Node.SetContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
        var settings = SettingsReader.Read(props.EnvironmentSuffix, props.Context);
        var names = new Names(settings.Suffix);
        Amazon.CDK.Tags.Of(this).Add("application", "recommendation");
        Amazon.CDK.Tags.Of(this).Add("environment", settings.Suffix);
        var assets = props.Assets;

        var encryption = new Encryption(this, settings, names);
        var notifications = new Notifications(this, settings, names, encryption);
        var (topic, undelivered) = (notifications.Topic, notifications.Undelivered);

        var storage = new ArtifactBucket(this, settings, names, encryption);
        var profiles = new UserProfiles(this, settings, names, encryption);
        var ingestion = new EventIngestion(this, settings, names, assets, profiles, storage, encryption);
        var model = new ServedModel(this, settings, names, storage, encryption);
        var batch = new NightlyBatch(this, settings, names, assets, profiles, storage, encryption, topic, undelivered);
        var training = settings.Model.HasTraining
            ? new ModelTraining(
                this,
                settings,
                names,
                model,
                batch.Processor,
                storage,
                encryption,
                topic,
                undelivered
            ).Machine
            : new FunctionTraining(this, settings, names, batch.Processor, encryption, topic, undelivered).Machine;
        var erasure = new UserErasure(this, settings, names, assets, profiles, storage, encryption, topic, undelivered);
        var compaction = new ArchiveCompaction(this, settings, names, erasure.Eraser, encryption, topic, undelivered);
        var api = new AdminApi(
            this,
            settings,
            names,
            assets,
            ingestion,
            profiles,
            storage,
            encryption,
            batch.Machine,
            erasure.Machine
        );

        if (settings.IsProtected)
        {
            foreach (var log in Node.FindAll().OfType<KeptLog>())
                log.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
        }

        var measures = new Measures(names);
        var alarms = new Alarms(this, names, topic,
        [
            .. IngestionAlarms.Of(ingestion, compaction, settings, measures),
            .. ProfileAlarms.Of(profiles),
            .. BatchAlarms.Of(batch, undelivered, settings, measures),
            .. ServingAlarms.Of(api, model, training, settings),
        ]);
        _ = new OperatorDashboard(this, names, measures, alarms.All, ingestion, profiles, batch, api, model);

        Output("StreamName", "Kinesis stream that takes user events", ingestion.Stream.StreamName);
        Output("TableName", "DynamoDB table of user profiles and recommendations", profiles.Table.TableName);
        Output(
            "BucketName",
            "S3 bucket of model artefacts, batch results, archive and quarantine",
            storage.Bucket.BucketName
        );
        Output(
            "EndpointName",
            settings.Model.HasEndpoint
                ? "SageMaker endpoint that ranks"
                : "Name for a SageMaker endpoint; none is deployed, the batch processor ranks in its own process",
            names.Endpoint
        );
        Output(
            "StreamProcessorFunctionName",
            "Function that applies events into profiles",
            ingestion.Processor.Function.FunctionName
        );
        Output(
            "BatchProcessorFunctionName",
            "Function that plans, ranks and completes batch runs",
            batch.Processor.Function.FunctionName
        );
        Output("ApiUrl", "Address of the admin API; requests are signed with IAM credentials", api.Http.ApiEndpoint);
        Output("StateMachineArn", "State machine of batch runs", batch.Machine.StateMachineArn);
        Output("ErasureStateMachineArn", "State machine that erases users", erasure.Machine.StateMachineArn);
        Output("AlarmTopicArn", "Topic that alarms notify; subscribe to it", topic.TopicArn);
        Output(
            "TrainingStateMachineArn",
            "State machine that trains, gates and promotes models",
            training.StateMachineArn
        );
    }

    private void Output(string name, string description, string value) =>
        _ = new CfnOutput(this, name, new CfnOutputProps { Description = description, Value = value });
}
