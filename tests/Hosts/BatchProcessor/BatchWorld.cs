using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Aws;
using Recommendation.Aws.S3;
using Recommendation.Aws.Tests;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>The function over a table and a bucket of its own, with an endpoint that ranks as a test tells it.</summary>
internal sealed class BatchWorld : IAsyncDisposable
{
    private readonly List<ServiceProvider> _providers = [];
    private readonly FaultProxy _dynamo;
    private readonly FaultProxy _s3;
    private readonly AwsFixture _fixture;

    private BatchWorld(AwsFixture fixture, FaultProxy dynamo, FaultProxy s3, RankingEndpoint endpoint) =>
        (_fixture, _dynamo, _s3, Endpoint) = (fixture, dynamo, s3, endpoint);

    internal RankingEndpoint Endpoint { get; }

    /// <summary>What becomes of requests to the table; null passes them on.</summary>
    internal Func<StubRequest, StubAnswer?>? Table { get; set; }

    internal HurryingTime Time { get; } = new();

    internal IProfileStore Profiles => _fixture.Profiles;

    internal IReadOnlyList<StubRequest> TableRequests => _dynamo.Requests;

    internal S3ModelStore Models => new(_fixture.Bucket);

    internal static async Task<BatchWorld> StartAsync()
    {
        var servers = await EmulatorServers.RunningAsync();
        BatchWorld? world = null;
        var dynamo = await FaultProxy.StartAsync(request => world?.Table?.Invoke(request), servers.DynamoDb);
        var s3 = await FaultProxy.StartAsync(_ => null, servers.S3);
        var fixture = await AwsFixture.WithTableAsync(options => options.RequestRetries = 1, dynamo.Url);
        await fixture.S3.PutBucketAsync(fixture.Options.BucketName);
        return world = new BatchWorld(fixture, dynamo, s3, await RankingEndpoint.StartAsync());
    }

    /// <summary>Another instance of the function, which shares nothing with the others but the table and the bucket.</summary>
    internal Instance NewInstance(bool withEndpoint = true, Action<IServiceCollection>? replace = null)
    {
        var provider = BatchHost.Create(
            name => name switch
            {
                "TABLE_NAME" => _fixture.Options.TableName,
                "BUCKET_NAME" => _fixture.Options.BucketName,
                "ENDPOINT_NAME" => withEndpoint ? "endpoint" : null,
                "LOG_LEVEL" => "None",
                _ => null,
            },
            services =>
            {
                services.AddSingleton<TimeProvider>(Time);
                services.AddSingleton(_fixture.Dynamo).AddSingleton<Amazon.S3.IAmazonS3>(_fixture.S3);
                if (withEndpoint)
                    services.AddSingleton(_ => Endpoint.ClientOf(_fixture.Options));
                replace?.Invoke(services);
            });
        _providers.Add(provider);
        return new Instance(provider);
    }

    internal async Task<List<UserId>> GivenActiveAsync(int count, string prefix = "user", DateTimeOffset? at = null)
    {
        var profiles = Enumerable.Range(0, count).Select(i => Contracts.Some.Profile($"{prefix}-{i:D5}", at ?? Time.Start.AddDays(-1), $"item-{i % 7}")).ToList();
        Assert.All(await Profiles.SaveAsync(profiles, null, default), outcome => Assert.Equal(SaveOutcome.Saved, outcome));
        return [.. profiles.Select(profile => profile.UserId)];
    }

    /// <summary>Makes a model current without training it.</summary>
    internal async Task GivenModelAsync(string version)
    {
        using var artefact = new MemoryStream([1]);
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        var model = new ModelDescription(ModelVersion.Parse(version), Time.Start, "none", Users: 1, Items: 1, Interactions: 1, ArtefactBytes: 1, none, none);
        await Models.PutAsync(model, artefact, default);
        await Models.PointAsync(model.Version, await Models.CurrentAsync(default), default);
    }

    internal async Task<UserProfile?> ProfileAsync(UserId user) => (await Profiles.LoadAsync([user], default)).GetValueOrDefault(user);

    internal Task<Domain.Recommendations.RecommendationList?> ListAsync(UserId user) =>
        new Recommendation.Aws.DynamoDb.DynamoRecommendationStore(_fixture.Table).FindAsync(user, default);

    /// <summary>An object of the bucket as JSON; null where there is none.</summary>
    internal async Task<JsonElement?> ObjectAsync(string key) =>
        await _fixture.Bucket.FindAsync(key, default) is { } found ? JsonElement.Parse(found.Body) : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await _fixture.DisposeAsync();
        await _dynamo.DisposeAsync();
        await _s3.DisposeAsync();
        await Endpoint.DisposeAsync();
    }
}
