using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.SageMaker;

namespace Recommendation.Aws.Tests;

public sealed class RegistrationTests
{
    private const AwsFeatures Stores = AwsFeatures.Bucket | AwsFeatures.Table;
    private const AwsFeatures Api = Stores | AwsFeatures.Stream;

    [Theory]
    [InlineData(Stores)]
    [InlineData(Stores | AwsFeatures.Endpoint)]
    [InlineData(Api)]
    [InlineData(Api | AwsFeatures.StateMachine)]
    [InlineData(Api | AwsFeatures.StateMachine | AwsFeatures.Endpoint)]
    public void Every_use_case_has_what_it_needs(AwsFeatures parts)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRecommendation().UseAws(parts, Setting);
        Assert.Null(
            Record.Exception(() =>
                services
                    .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true })
                    .Dispose()
            )
        );
    }

    [Fact]
    public void No_client_sends_more_often_than_the_attempts_that_were_asked_for()
    {
        var options = new AwsOptions();
        ClientConfig[] clients =
        [
            AwsClients.DynamoDb(options),
            AwsClients.S3(options),
            AwsClients.Kinesis(options),
            AwsClients.StepFunctions(options),
            AwsClients.SageMakerRuntime(options),
        ];
        Assert.All(clients, client => Assert.Equal(0, client.MaxStaleConnectionRetries));
    }

    private static string? Setting(string name) => name switch
    {
        "STATE_MACHINE_ARN" => "arn:aws:states:us-east-1:123456789012:stateMachine:batch",
        "TABLE_NAME" or "BUCKET_NAME" or "STREAM_NAME" or "ENDPOINT_NAME" => "name",
        _ => null,
    };

    [Fact]
    public void Where_an_endpoint_ranks_the_artefact_of_the_registry_explains()
    {
        var services = new ServiceCollection();
        services.AddRecommendation(options => options.LogRetention = TimeSpan.FromDays(1)).UseAws(
            AwsFeatures.Bucket | AwsFeatures.Table | AwsFeatures.Endpoint,
            name => name is "TABLE_NAME" or "BUCKET_NAME" or "ENDPOINT_NAME" ? "name" : null);

        Assert.Contains(services, service => service.ServiceType == typeof(IRankingExplainer));
        Assert.Equal(
            typeof(EndpointRanker),
            Assert.Single(services, service => service.ServiceType == typeof(IRanker)).ImplementationType
        );
    }
}
