using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.SageMaker;

namespace Recommendation.Aws.Tests;

public sealed class RegistrationTests
{
    private const AwsParts Stores = AwsParts.Bucket | AwsParts.Table;
    private const AwsParts Api = Stores | AwsParts.Stream;

    [Theory]
    [InlineData(Stores)]
    [InlineData(Stores | AwsParts.Endpoint)]
    [InlineData(Api)]
    [InlineData(Api | AwsParts.StateMachine)]
    [InlineData(Api | AwsParts.StateMachine | AwsParts.Endpoint)]
    public void Every_use_case_has_what_it_needs(AwsParts parts)
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
            AwsParts.Bucket | AwsParts.Table | AwsParts.Endpoint,
            name => name is "TABLE_NAME" or "BUCKET_NAME" or "ENDPOINT_NAME" ? "name" : null);

        Assert.Contains(services, service => service.ServiceType == typeof(IRankingExplainer));
        Assert.Equal(
            typeof(EndpointRanker),
            Assert.Single(services, service => service.ServiceType == typeof(IRanker)).ImplementationType
        );
    }
}
