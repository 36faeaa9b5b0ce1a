using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Aws;
using Recommendation.Aws.Platform;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>
/// The function over a table and a bucket of its own on the servers of the run, with a proxy before the
/// table and the bucket.
/// </summary>
internal sealed class AwsWorld : IAsyncDisposable
{
    private readonly FaultProxy _dynamo;
    private readonly FaultProxy _s3;
    private readonly Dictionary<string, string> _settings;

    private AwsWorld(FaultProxy dynamo, FaultProxy s3, TimeProvider time)
    {
        (_dynamo, _s3) = (dynamo, s3);
        var name = $"test-{Guid.NewGuid():N}";
        _settings = new(StringComparer.Ordinal)
        {
            ["TABLE_NAME"] = name,
            ["BUCKET_NAME"] = name,
            ["STREAM_NAME"] = name,
            ["AWS_REQUEST_RETRIES"] = "1",
            ["LOG_LEVEL"] = "None",
        };
        Function = new Function(services =>
            services
                .AddSingleton(time)
                .AddStreamProcessor(_settings.GetValueOrDefault)
                .AddOptions<RecommendationOptions>()
                .Configure(CleanPass.Configure)
        );
    }

    internal Function Function { get; }

    internal FaultProxy Dynamo => _dynamo;

    /// <summary>What the table does; null to do as it is asked.</summary>
    internal Func<StubRequest, StubAnswer?> Table { get; set; } = _ => null;

    internal Func<StubRequest, StubAnswer?> Bucket { get; set; } = _ => null;

    internal static async Task<AwsWorld> StartAsync(TimeProvider? time = null)
    {
        var servers = await EmulatorServers.RunningAsync();
        AwsWorld? world = null;
        var dynamo = await FaultProxy.StartAsync(request => world?.Table(request), servers.DynamoDb);
        var s3 = await FaultProxy.StartAsync(request => world?.Bucket(request), servers.S3);
        Use(servers.DynamoDb, servers.S3, servers.Kinesis);
        world = new AwsWorld(dynamo, s3, time ?? TimeProvider.System);
        await world.CreateAsync();
        Use(dynamo.Url, s3.Url, servers.Kinesis);
        await world.Function.InitializeAsync();
        return world;
    }

    /// <summary>Another use case over the same table and bucket.</summary>
    internal async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var provider = Services();
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    internal async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var provider = Services();
        return await use(provider);
    }

    internal Task<SortedDictionary<UserId, UserProfile>> ProfilesAsync() =>
        WithAsync(async services => new SortedDictionary<UserId, UserProfile>(
            await services
                .GetRequiredService<IProfileStore>()
                .AllAsync(CancellationToken.None)
                .Where(profile => !profile.IsEmpty)
                .ToDictionaryAsync(profile => profile.UserId)
        ));

    internal Task AssertCleanAsync(params Shard[] shards) => AssertCleanAsync(CleanPass.Policy, shards);

    /// <param name="policy">What the profiles keep: the default in a process of its own.</param>
    /// <param name="shards">What was delivered.</param>
    internal async Task AssertCleanAsync(ProfilePolicy policy, params Shard[] shards)
    {
        var profiles = await ProfilesAsync();
        await WithAsync(async services =>
        {
            await CleanPass.SameAsync(
                CleanPass.Over(shards.SelectMany(shard => shard.Interactions), policy),
                profiles,
                services.GetRequiredService<IHistoryStore>()
            );
            return true;
        });
    }

    /// <summary>What is left after a table was lost: the bucket.</summary>
    internal Task LoseTableAsync()
    {
        _settings["TABLE_NAME"] += "-restored";
        return CreateAsync();
    }

    /// <summary>The environment of a process of its own.</summary>
    internal IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(_settings, StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = _dynamo.Url.ToString(),
            ["AWS_ENDPOINT_URL_S3"] = _s3.Url.ToString(),
            ["LOG_LEVEL"] = "Information",
        };

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await _dynamo.DisposeAsync();
        await _s3.DisposeAsync();
    }

    /// <summary>Where the SDK looks for its servers; the tests that use this run one after the other.</summary>
    private static void Use(Uri dynamo, Uri s3, Uri kinesis)
    {
        System.Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", dynamo.ToString());
        System.Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", s3.ToString());
        System.Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KINESIS", kinesis.ToString());
        System.Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        System.Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        System.Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
    }

    private async Task CreateAsync()
    {
        await using var provider = Services();
        await provider.GetRequiredService<PlatformSetup>().CreateAsync(1, CancellationToken.None);
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddRecommendation(options =>
        {
            CleanPass.Configure(options);
            options.LogRetention = TimeSpan.FromDays(7);
        });
        services.AddAws(AwsFeatures.Table | AwsFeatures.Bucket | AwsFeatures.Stream, _settings.GetValueOrDefault);
        return services.BuildServiceProvider();
    }
}
