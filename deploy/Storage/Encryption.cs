using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Storage;

/// <summary>The key of a protected environment's data. Others use the keys that the services manage.</summary>
internal sealed class Encryption : Construct
{
    internal Encryption(Construct scope, StackSettings settings, Names names)
        : base(scope, "Encryption")
    {
        if (!settings.IsProtected)
            return;
        Key = new Key(this, "Key", new KeyProps
        {
            Alias = $"alias/{names.Prefix}",
            Description = $"Data of {names.Prefix}",
            EnableKeyRotation = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        // Alarms are sent to a topic under this key; the key that SNS manages does not let CloudWatch in.
        Key.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Effect = Effect.ALLOW,
                    Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
                    Resources = ["*"],
                    Conditions = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["StringEquals"] = new Dictionary<string, object>(StringComparer.Ordinal)
                        {
                            ["aws:SourceAccount"] = Stack.Of(this).Account,
                        },
                    },
                }
            )
        );
    }

    /// <summary>Null where the services' own keys are used.</summary>
    internal Key? Key { get; }

    /// <summary>
    /// What a role needs in order to read and write encrypted data; none where the services' own keys are used.
    /// </summary>
    internal IEnumerable<PolicyStatement> ReadWrite =>
        Key is null ? [] : [Permissions.Allow(["kms:Decrypt", "kms:GenerateDataKey"], Key.KeyArn)];

    internal IEnumerable<PolicyStatement> Read => Key is null ? [] : [Permissions.Allow(["kms:Decrypt"], Key.KeyArn)];
}
