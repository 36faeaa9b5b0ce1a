using System.Text;
using Amazon.S3;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>The use cases over the servers of the run, registered as a host registers them.</summary>
internal sealed class StreamPlatform : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private StreamPlatform(AwsFixture fixture)
    {
        Fixture = fixture;
        var services = new ServiceCollection();
        services
            .AddRecommendation()
            .UseAws(
                AwsFeatures.Table | AwsFeatures.Bucket | AwsFeatures.Stream,
                _ => null,
                options =>
                    (options.TableName, options.BucketName, options.StreamName) = (
                        fixture.Options.TableName,
                        fixture.Options.BucketName,
                        fixture.Options.StreamName
                    )
            );
        services.AddSingleton(fixture.Dynamo);
        services.AddSingleton<IAmazonS3>(fixture.S3);
        services.AddSingleton(fixture.Kinesis);
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    internal AwsFixture Fixture { get; }

    internal Task<DrainedStream> DrainAsync() => _provider.GetRequiredService<StreamDrain>().UntilEmptyAsync(
        (batch, _) => SendAsync(batch), progress: null, CancellationToken.None);

    internal IProfileStore Profiles => _provider.GetRequiredService<IProfileStore>();

    internal IQuarantine Quarantine => _provider.GetRequiredService<IQuarantine>();

    internal static async Task<StreamPlatform> StartAsync(int shards, Uri? kinesis = null) =>
        new(await AwsFixture.WithAllAsync(shards, kinesis: kinesis));

    internal static StreamPlatform Over(AwsFixture fixture) => new(fixture);

    /// <summary>The same bucket and stream with another, empty, table.</summary>
    internal async Task<StreamPlatform> WithEmptyTableAsync()
    {
        var fixture = await AwsFixture.WithTableAsync();
        (fixture.Options.BucketName, fixture.Options.StreamName) = (
            Fixture.Options.BucketName,
            Fixture.Options.StreamName
        );
        return new StreamPlatform(fixture);
    }

    internal async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, CancellationToken.None);
    }

    internal async Task<List<UserProfile>> AllProfilesAsync()
    {
        var all = new List<UserProfile>();
        await foreach (var profile in Profiles.AllAsync(CancellationToken.None))
            all.Add(profile);
        return [.. all.OrderBy(profile => profile.UserId)];
    }

    /// <summary>An operation that only operators need, and so no client of ours has.</summary>
    internal static async Task AdministerAsync(string operation, string body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, (await EmulatorServers.RunningAsync()).Kinesis);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260314T120000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=a/20260314/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
