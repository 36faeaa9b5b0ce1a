using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.SageMaker;

namespace Recommendation.Aws.Tests;

public sealed class ExplainingTests
{
    [Fact]
    public void Where_an_endpoint_ranks_the_artefact_of_the_registry_explains()
    {
        var services = new ServiceCollection();
        services.AddRecommendation(options => options.LogRetention = TimeSpan.FromDays(1)).UseAws(
            AwsParts.Bucket | AwsParts.Table | AwsParts.Endpoint,
            name => name is "TABLE_NAME" or "BUCKET_NAME" or "ENDPOINT_NAME" ? "name" : null);

        Assert.Contains(services, service => service.ServiceType == typeof(IRankingExplainer));
        Assert.Equal(typeof(EndpointRanker), Assert.Single(services, service => service.ServiceType == typeof(IRanker)).ImplementationType);
    }
}
