using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Recommendation.Deploy.Functions;

namespace Recommendation.Deploy.Model;

/// <summary>
/// The role of the model server's container: pull the image, write logs and metrics, and what else it is given.
/// </summary>
internal sealed class ContainerRole : Construct
{
    internal ContainerRole(
        Construct scope,
        string id,
        string description,
        string logGroup,
        string image,
        IReadOnlyList<PolicyStatement> permissions
    )
        : base(scope, id)
    {
        Role = new Role(
            this,
            "Role",
            new RoleProps { AssumedBy = new ServicePrincipal("sagemaker.amazonaws.com"), Description = description }
        );
        foreach (var statement in permissions)
            Role.AddToPolicy(statement);
        Role.AddToPolicy(
            Permissions.Allow(
                ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                RepositoryOf(image)
            )
        );
        Role.AddToPolicy(Permissions.Allow(["ecr:GetAuthorizationToken"], "*"));
        Role.AddToPolicy(
            Permissions.Allow(
                ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Stack
                    .Of(this)
                    .FormatArn(
                        new ArnComponents
                        {
                            Service = "logs",
                            Resource = "log-group",
                            ResourceName = logGroup,
                            ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
                        }
                    )
            )
        );
        Role.AddToPolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Effect = Effect.ALLOW,
                    Actions = ["cloudwatch:PutMetricData"],
                    Resources = ["*"],
                    Conditions = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["StringLike"] = new Dictionary<string, object>(StringComparer.Ordinal)
                        {
                            ["cloudwatch:namespace"] = "/aws/sagemaker/*",
                        },
                    },
                }
            )
        );
        var policy = Role.Node.FindChild("DefaultPolicy");
        Findings.AcceptPrefixes(policy);
        Findings.Accept(
            policy,
            "AwsSolutions-IAM5[Resource::*]",
            "Tokens of the registry and metrics know no resources."
        );
        Findings.Accept(
            policy,
            "AwsSolutions-IAM5[Resource::…:log-group:/aws/sagemaker/…*]",
            "SageMaker names its log streams itself."
        );
    }

    internal Role Role { get; }

    private string RepositoryOf(string image)
    {
        var parts = image.Split('/', 2);
        var host = parts[0].Split('.');
        var repository = parts[1].Split(':', '@')[0];
        return Stack.Of(this).FormatArn(new ArnComponents
        {
            Service = "ecr",
            Account = host[0],
            Region = host[3],
            Resource = "repository",
            ResourceName = repository,
        });
    }
}
