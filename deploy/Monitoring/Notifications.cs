using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Monitoring;

/// <summary>
/// Where alarms and state machines send what people must know, and where schedules leave what they could not deliver.
/// </summary>
internal sealed class Notifications : Construct
{
    internal Notifications(Construct scope, StackSettings settings, Names names, Encryption encryption)
        : base(scope, "Notifications")
    {
        Topic = new Topic(
            this,
            "Topic",
            new TopicProps
            {
                TopicName = names.Topic,
                EnforceSSL = true,
                MasterKey = encryption.Key,
            }
        );
        // A policy of its own takes the place of the one that lets the whole account publish: who does is named here.
        Topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Effect = Effect.ALLOW,
            Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
            Actions = ["sns:Publish"],
            Resources = [Topic.TopicArn],
            Conditions = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["StringEquals"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["aws:SourceAccount"] = Stack.Of(this).Account,
                },
            },
        }));
        Undelivered = new Queue(this, "Undelivered", new QueueProps
        {
            QueueName = names.Undelivered,
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
        });
        if (settings.Alarms.Email is { } email)
            Topic.AddSubscription(
                new EmailSubscription(email, new EmailSubscriptionProps { DeadLetterQueue = Undelivered })
            );
        Findings.Accept(Undelivered, "AwsSolutions-SQS3", "This is the dead-letter queue.");
        Findings.Accept(Undelivered, "Serverless-SQSRedrivePolicy", "This is the dead-letter queue.");
    }

    internal Topic Topic { get; }

    internal Queue Undelivered { get; }
}
