using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>A list can be widened to the whole catalogue on an endpoint, too.</summary>
public sealed class WholeCatalogueTests
{
    [Fact]
    public async Task More_items_than_an_answer_holds_are_asked_for_by_excluding_those_that_came()
    {
        const int catalogue = 25_000;
        await using var stub = await FaultProxy.StartAsync(request => AnswerOf(request, catalogue));

        var all = await EndpointRankerTests
            .Ranker(stub)
            .RankAsync(
                new RankUsers(
                    [EndpointRankerTests.Query("u1") with { Count = 40_000 }, EndpointRankerTests.Query("u2")],
                    null,
                    Some.Noon
                ),
                CancellationToken.None
            );

        Assert.Equal(
            Enumerable.Range(0, catalogue).Select(NameOf),
            all.Rankings[0].Items.Select(item => item.ItemId.Value)
        );
        Assert.Equal(10, all.Rankings[1].Items.Count);
        Assert.Equal([2, 1, 1], stub.Requests.Select(request => EndpointRankerTests.UsersOf(request).Length));
    }

    /// <summary>Ranks as the container does: no more than 10,000 items, and none of those excluded.</summary>
    private static StubAnswer AnswerOf(StubRequest request, int catalogue)
    {
        using var json = JsonDocument.Parse(request.Body);
        var users = json.RootElement.GetProperty("users").EnumerateArray().Select(user =>
        {
            var count = user.GetProperty("count").GetInt32();
            Assert.InRange(count, 0, 10_000);
            var exclude = user.GetProperty("exclude").EnumerateArray().Select(item => item.GetString()!)
                .ToHashSet(StringComparer.Ordinal);
            var items = Enumerable.Range(0, catalogue).Select(NameOf).Where(item => !exclude.Contains(item)).Take(count)
                .Select(item => new { itemId = item, score = 0.5 }).ToArray();
            return new { userId = user.GetProperty("userId").GetString(), items };
        });
        return StubAnswer.Of(200, JsonSerializer.Serialize(new { modelVersion = "v1", users }));
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"i{number:D5}");
}
