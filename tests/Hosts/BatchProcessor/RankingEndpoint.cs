using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.SageMakerRuntime;
using Recommendation.Aws;
using Recommendation.Aws.SageMaker;
using Recommendation.Aws.Tests;
using Recommendation.Emulators;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>An endpoint that ranks five items for everybody, or fails as a test tells it.</summary>
internal sealed class RankingEndpoint : IAsyncDisposable
{
    internal const int Items = 5;

    private readonly ConcurrentQueue<IReadOnlyList<string>> _calls = new();
    private FaultProxy? _stub;

    /// <summary>The model that the answers say has ranked.</summary>
    internal string Model { get; set; } = "m1";

    /// <summary>Whether a call for these users fails.</summary>
    internal Predicate<IReadOnlyList<string>>? Fails { get; set; }

    /// <summary>The users of each call so far.</summary>
    internal IReadOnlyCollection<IReadOnlyList<string>> Calls => _calls;

    internal Uri Url => _stub!.Url;

    internal static async Task<RankingEndpoint> StartAsync()
    {
        var endpoint = new RankingEndpoint();
        endpoint._stub = await FaultProxy.StartAsync(endpoint.Answer);
        return endpoint;
    }

    internal EndpointCalls ClientOf(AwsOptions options) =>
        new(
            new AmazonSageMakerRuntimeClient(
                AwsFixture.Credentials,
                AwsFixture.At(AwsClients.SageMakerRuntime(options), Url)
            ),
            options,
            TimeProvider.System,
            new Random(1)
        );

    public ValueTask DisposeAsync() => _stub!.DisposeAsync();

    private StubAnswer Answer(StubRequest request)
    {
        using var question = JsonDocument.Parse(request.Body);
        var users = question
            .RootElement.GetProperty("users")
            .EnumerateArray()
            .Select(user => user.GetProperty("userId").GetString()!)
            .ToList();
        _calls.Enqueue(users);
        if (Fails?.Invoke(users) == true)
            return StubAnswer.Error(500, "ModelError", "the model is ill");
        return StubAnswer.Of(200, JsonSerializer.Serialize(new
        {
            modelVersion = Model,
            users = users.Select(user => new
            {
                userId = user,
                items = Enumerable.Range(0, Items).Select(i => new { itemId = $"other-{i}", score = 1.0 / (i + 1) }),
            }),
        }));
    }
}
