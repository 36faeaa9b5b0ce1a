using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Recommendation.Deploy.Profiles;

/// <summary>The table of profiles and lists, its sparse index of active users, and their capacity.</summary>
internal sealed class UserProfiles : Construct
{
    internal const string ActiveUsers = "active-users";

    internal UserProfiles(Construct scope, StackSettings settings, Names names, Encryption encryption)
        : base(scope, "Profiles")
    {
        var capacity = settings.Table;
        Table = new Table(this, "Table", new TableProps
        {
            TableName = names.Table,
            PartitionKey = Text("userId"),
            SortKey = Text("kind"),
            BillingMode = capacity.OnDemand ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
            ReadCapacity = capacity.OnDemand ? null : capacity.MinimumCapacity,
            WriteCapacity = capacity.OnDemand ? null : capacity.MinimumCapacity,
            TimeToLiveAttribute = "expiresAt",
            PointInTimeRecovery = settings.IsProtected,
            DeletionProtection = settings.IsProtected,
            RemovalPolicy = settings.IsProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
            Encryption = encryption.Key is null ? TableEncryption.DEFAULT : TableEncryption.CUSTOMER_MANAGED,
            EncryptionKey = encryption.Key,
        });
        Table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = ActiveUsers,
            PartitionKey = Text("activeBucket"),
            SortKey = Text("userId"),
            ProjectionType = ProjectionType.KEYS_ONLY,
            ReadCapacity = capacity.OnDemand ? null : capacity.MinimumCapacity,
            WriteCapacity = capacity.OnDemand ? null : capacity.MinimumCapacity,
        });
        if (!capacity.OnDemand)
            Scale(capacity);
        if (!settings.IsProtected)
            Findings.Accept(
                Table,
                "AwsSolutions-DDB3",
                "A development table is gone with the stack; profiles can be made again from the archive."
            );
    }

    internal Table Table { get; }

    internal string IndexArn => $"{Table.TableArn}/index/{ActiveUsers}";

    private void Scale(TableSettings capacity)
    {
        var range = new EnableScalingProps
        {
            MinCapacity = capacity.MinimumCapacity,
            MaxCapacity = capacity.MaximumCapacity,
        };
        var target = new UtilizationScalingProps { TargetUtilizationPercent = capacity.TargetUtilization };
        Table.AutoScaleReadCapacity(range).ScaleOnUtilization(target);
        Table.AutoScaleWriteCapacity(range).ScaleOnUtilization(target);
        Table.AutoScaleGlobalSecondaryIndexReadCapacity(ActiveUsers, range).ScaleOnUtilization(target);
        Table.AutoScaleGlobalSecondaryIndexWriteCapacity(ActiveUsers, range).ScaleOnUtilization(target);
    }

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
