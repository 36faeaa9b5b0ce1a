using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Aws.S3;
using Recommendation.Aws.Tests;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>
/// The function over a table and a bucket of its own, with an endpoint that ranks as a test tells it.
/// </summary>
internal sealed class BatchWorld : IAsyncDisposable
{
    private readonly List<ServiceProvider> _providers = [];
    private int _delivered;
    private readonly FaultProxy _dynamo;
    private readonly FaultProxy _s3;
    private readonly AwsFixture _fixture;

    private BatchWorld(AwsFixture fixture, FaultProxy dynamo, FaultProxy s3, RankingEndpoint endpoint) =>
        (_fixture, _dynamo, _s3, Endpoint, TableName) = (fixture, dynamo, s3, endpoint, fixture.Options.TableName!);

    internal RankingEndpoint Endpoint { get; }

    /// <summary>What becomes of requests to the table; null passes them on.</summary>
    internal Func<StubRequest, StubAnswer?>? Table { get; set; }

    internal HurryingTime Time { get; } = new();

    internal IProfileStore Profiles => _fixture.Profiles;

    internal IReadOnlyList<StubRequest> TableRequests => _dynamo.Requests;

    internal string TableName { get; set; }

    internal string BucketName => _fixture.Options.BucketName!;

    /// <summary>What a function's process finds in its environment.</summary>
    internal async Task<Dictionary<string, string>> EnvironmentAsync() => new(StringComparer.Ordinal)
    {
        ["TABLE_NAME"] = TableName,
        ["BUCKET_NAME"] = BucketName,
        ["ENDPOINT_NAME"] = "endpoint",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_ENDPOINT_URL_DYNAMODB"] = _dynamo.Url.ToString(),
        ["AWS_ENDPOINT_URL_S3"] = (await EmulatorServers.RunningAsync()).S3.ToString(),
        ["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] = Endpoint.Url.ToString(),
    };

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

    /// <summary>
    /// Another instance of the function, which shares nothing with the others but the table and the bucket.
    /// </summary>
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
        var profiles = Enumerable
            .Range(0, count)
            .Select(i =>
                Contracts.Some.Profile($"{prefix}-{i:D5}", at ?? HurryingTime.Start.AddDays(-1), $"item-{i % 7}")
            )
            .ToList();
        Assert.All(
            await Profiles.SaveAsync(profiles, null, default),
            outcome => Assert.Equal(SaveOutcome.Saved, outcome)
        );
        return [.. profiles.Select(profile => profile.UserId)];
    }

    /// <summary>Puts interactions into the archive, as the delivery leaves those of several groups of users.</summary>
    internal Task GivenArchivedAsync(IReadOnlyList<Interaction> interactions) =>
        _fixture.Archive.WriteAsync(interactions, default);

    /// <summary>Puts interactions into the archive by groups of users, as the delivery does.</summary>
    internal async Task GivenDeliveredAsync(IReadOnlyList<Interaction> interactions)
    {
        foreach (var group in interactions.GroupBy(one => UserBucket.Of(one.UserId)))
        {
            var day = DateOnly.FromDateTime(group.First().ArrivedAt.UtcDateTime);
            await _fixture.Bucket.PutAsync(
                $"{ArchiveKey.PrefixOf(day, group.Key)}{_delivered++:d6}.jsonl.gz",
                ArchiveObject.Encode(group),
                PutCondition.Always,
                default);
        }
    }

    internal Task PutAsync(string key, byte[] body) =>
        _fixture.Bucket.PutAsync(key, body, PutCondition.Always, default);

    internal Task DeleteAsync(string key) => _fixture.Bucket.DeleteAsync(key, default);

    internal Task<List<string>> KeysAsync(string prefix) =>
        _fixture.Bucket.KeysAsync(prefix, default).ToListAsync().AsTask();

    /// <summary>Makes a model current without training it.</summary>
    internal async Task GivenModelAsync(string version)
    {
        await Models.PointAsync(await GivenCandidateAsync(version), await Models.CurrentAsync(default), default);
    }

    /// <summary>Publishes a model without making it current.</summary>
    internal async Task<ModelVersion> GivenCandidateAsync(string version)
    {
        using var artefact = new MemoryStream([1]);
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        var model = new ModelDescription(
            ModelVersion.Parse(version),
            HurryingTime.Start,
            "none",
            Users: 1,
            Items: 1,
            Interactions: 1,
            ArtefactBytes: 1,
            none,
            none
        );
        await Models.PutAsync(model, artefact, default);
        return model.Version;
    }

    internal async Task<UserProfile?> ProfileAsync(UserId user) =>
        (await Profiles.LoadAsync([user], default)).GetValueOrDefault(user);

    internal Task<Domain.Recommendations.RecommendationList?> ListAsync(UserId user) =>
        new Recommendation.Aws.DynamoDb.DynamoRecommendationStore(_fixture.Table).FindAsync(user, default);

    /// <summary>An object of the bucket as JSON; null where there is none.</summary>
    /// <summary>An object as it is; null where there is none.</summary>
    internal async Task<byte[]?> ContentAsync(string key) => (await _fixture.Bucket.FindAsync(key, default))?.Body;

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
