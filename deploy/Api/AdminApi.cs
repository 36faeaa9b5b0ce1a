using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Ingestion;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Api;

/// <summary>The admin API as an HTTP API: IAM authorization on every route, throttled, every access logged.</summary>
internal sealed class AdminApi : Construct
{
    internal AdminApi(
        Construct scope,
        StackSettings settings,
        Names names,
        FunctionAssets assets,
        EventIngestion ingestion,
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption,
        StateMachine batch,
        StateMachine erasure
    )
        : base(scope, "Api")
    {
        var variables = FunctionEnvironment.Of(settings, names, profiles, storage);
        variables["STREAM_NAME"] = ingestion.Stream.StreamName;
        variables["STATE_MACHINE_ARN"] = batch.StateMachineArn;
        variables["ERASURE_MACHINE_ARN"] = erasure.StateMachineArn;
        if (settings.Api.Callers is { } callers)
            variables["API_CALLERS"] = callers;
        if (settings.Model.HasEndpoint)
            variables["ENDPOINT_NAME"] = names.Endpoint;
        Host = new HostFunction(
            this,
            "Host",
            new HostFunctionProps(
                names.AdminApi,
                "Recommendations, users, models, runs and quarantine over HTTP.",
                assets.FolderOf(FunctionAssets.AdminApi),
                settings.Functions,
                // A second less than the API waits.
                settings.Functions.ApiMemory,
                TimeoutSeconds: 29,
                [.. Rights(settings, names, ingestion, profiles, storage, encryption, batch, erasure)],
                variables
            )
        );
        Findings.AcceptPrefixes(Host.Policy);
        Findings.Accept(
            Host.Policy,
            "AwsSolutions-IAM5[Resource::…:execution:…:*]",
            "Executions have no ARN before they are started."
        );
        Http = new HttpApi(
            this,
            "Http",
            new HttpApiProps
            {
                ApiName = names.AdminApi,
                Description = $"Admin API of {names.Prefix}",
                CreateDefaultStage = false,
                DefaultAuthorizer = new HttpIamAuthorizer(),
            }
        );
        Http.AddRoutes(
            new AddRoutesOptions
            {
                Path = "/{path+}",
                Methods = [Amazon.CDK.AWS.Apigatewayv2.HttpMethod.ANY],
                Integration = new HttpLambdaIntegration(
                    "HostIntegration",
                    Host.Function,
                    new HttpLambdaIntegrationProps { PayloadFormatVersion = PayloadFormatVersion.VERSION_2_0 }
                ),
            }
        );
        Stage(settings.Api, settings.Functions, names);
    }

    internal HostFunction Host { get; }

    internal HttpApi Http { get; }

    private void Stage(ApiSettings api, FunctionSettings functions, Names names)
    {
        var log = new KeptLog(this, "AccessLog", $"/aws/vendedlogs/apis/{names.AdminApi}", functions.LogDays);
        _ = new CfnStage(this, "Stage", new CfnStageProps
        {
            ApiId = Http.ApiId,
            StageName = "$default",
            AutoDeploy = true,
            DefaultRouteSettings = new CfnStage.RouteSettingsProperty
            {
                ThrottlingRateLimit = api.RequestsPerSecond,
                ThrottlingBurstLimit = api.Burst,
                DetailedMetricsEnabled = true,
            },
            AccessLogSettings = new CfnStage.AccessLogSettingsProperty
            {
                DestinationArn = log.LogGroupArn,
                // The route, not the path: paths hold user ids.
                Format = """
                    {"requestId":"$context.requestId","time":"$context.requestTime","caller":"$context.identity.userArn","method":"$context.httpMethod","route":"$context.routeKey","status":"$context.status","bytes":"$context.responseLength","milliseconds":"$context.responseLatency","error":"$context.error.message","integrationError":"$context.integrationErrorMessage"}
                    """.Trim(),
            },
        });
    }

    private IEnumerable<PolicyStatement> Rights(
        StackSettings settings,
        Names names,
        EventIngestion ingestion,
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption,
        StateMachine batch,
        StateMachine erasure
    )
    {
        yield return Permissions.Allow(
            [
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
            ],
            profiles.Table.TableArn
        );
        yield return Permissions.Allow(["dynamodb:Query"], profiles.IndexArn);
        yield return Permissions.Allow(
            ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:PutRecords"],
            ingestion.Stream.StreamArn
        );
        yield return Permissions.Allow(
            ["s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Models),
            storage.Objects(ArtifactBucket.Runs),
            storage.Objects(ArtifactBucket.Quarantine),
            storage.Objects(ArtifactBucket.QuarantinePositions),
            storage.Objects(ArtifactBucket.Scenarios),
            storage.Objects(ArtifactBucket.IdKeys),
            storage.Objects(ArtifactBucket.ListConfigurations),
            storage.Objects(ArtifactBucket.Experiments),
            storage.Objects(ArtifactBucket.Erasures)
        );
        // It requests erasures; another function carries them out and signs.
        yield return Permissions.Allow(["s3:PutObject"], storage.Objects(ArtifactBucket.OpenErasures));
        yield return Permissions.Allow(
            ["s3:GetObject"],
            storage.Objects(ArtifactBucket.Archive),
            storage.Objects(ArtifactBucket.Popularity),
            storage.Objects(ArtifactBucket.PublicKeys),
            storage.Objects(ArtifactBucket.Feedback)
        );
        yield return Permissions.Allow(["s3:ListBucket"], storage.Arn);
        yield return Permissions.Allow(["states:StartExecution"], batch.StateMachineArn, erasure.StateMachineArn);
        yield return Permissions.Allow(["states:DescribeExecution"], Arns.Executions(this, names.BatchMachine));
        if (settings.Model.HasEndpoint)
            yield return Permissions.Allow(["sagemaker:InvokeEndpoint"], Arns.Endpoint(this, names.Endpoint));
        foreach (var statement in encryption.ReadWrite)
            yield return statement;
    }
}
