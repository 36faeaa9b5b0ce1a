using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Erasure;

/// <summary>
/// Carries erasures out: the batch processor's host as a function of its own, since nobody else may delete old versions
/// and sign, the state machine that calls it until it is done, and a rule that takes up each hour what was interrupted.
/// </summary>
internal sealed class UserErasure : Construct
{
    internal UserErasure(
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
        : base(scope, "Erasure")
    {
        Eraser = new HostFunction(
            this,
            "Eraser",
            new HostFunctionProps(
                names.Eraser,
                "Erases users from every place that holds personal data, and signs the receipts.",
                assets.FolderOf(FunctionAssets.BatchProcessor),
                settings.Functions,
                settings.Functions.ApiMemory,
                TimeoutSeconds: 900,
                [.. Rights(profiles, storage, encryption)],
                FunctionEnvironment.Of(settings, names, profiles, storage)
            )
        );
        Findings.AcceptPrefixes(Eraser.Policy);
        Machine = Workflow.OfFunction(this, Eraser, names, encryption, topic, new WorkflowProps(
            names.ErasureMachine, "loop.asl.json", settings, TimeSpan.FromHours(24),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Step"] = "erase",
                ["What"] = "an erasure",
                ["Again"] = "within the hour",
                ["Runbook"] = "erase-a-user",
                ["Error"] = "ErasureFailed",
            },
            []));
        _ = new ScheduledMachine(
            this,
            "Hourly",
            names.ErasureRule,
            "Goes on each hour with erasures that are not finished.",
            Schedule.Rate(Duration.Hours(1)),
            Machine,
            undelivered
        );
    }

    internal HostFunction Eraser { get; }

    internal StateMachine Machine { get; }

    private static IEnumerable<PolicyStatement> Rights(
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption
    )
    {
        yield return Permissions.Allow(
            ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
            profiles.Table.TableArn
        );
        yield return Permissions.Allow(
            ["s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Erasures),
            storage.Objects(ArtifactBucket.Keys)
        );
        yield return Permissions.Allow(["s3:PutObject"], storage.Objects(ArtifactBucket.PublicKeys));
        yield return Permissions.Allow(["s3:DeleteObject"], storage.Objects(ArtifactBucket.OpenErasures));
        yield return Permissions.Allow(["s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Runs), storage.Objects(ArtifactBucket.Results),
            storage.Objects(ArtifactBucket.Feedback), storage.Objects(ArtifactBucket.Experiments));
        // What erased users saw is counted once more, without them; whoever counts first makes the key of ids.
        yield return Permissions.Allow(["s3:GetObject", "s3:PutObject"], storage.Objects(ArtifactBucket.IdKeys));
        // What holds the user is rewritten, and what it was before is removed.
        yield return Permissions.Allow(
            ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"],
            storage.Objects(ArtifactBucket.Archive),
            storage.Objects(ArtifactBucket.ArchiveErrors),
            storage.Objects(ArtifactBucket.GivenUp),
            storage.Objects(ArtifactBucket.Quarantine)
        );
        yield return Permissions.Allow(
            ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            storage.Objects(ArtifactBucket.QuarantinePositions)
        );
        yield return Permissions.Allow(["s3:ListBucket", "s3:ListBucketVersions"], storage.Arn);
        foreach (var statement in encryption.ReadWrite)
            yield return statement;
    }
}
