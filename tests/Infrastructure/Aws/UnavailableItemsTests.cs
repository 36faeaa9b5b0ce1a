using Microsoft.Extensions.Time.Testing;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Items;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>What the unavailable items cost a request, in calls.</summary>
public sealed class UnavailableItemsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task A_request_costs_the_same_however_many_items_are_unavailable(int count)
    {
        await using var stub = await StubAsync(count);
        await using var fixture = await AwsFixture.ConnectAsync(dynamoDb: stub.Url);
        var catalog = new DynamoItemCatalog(fixture.Table);

        Assert.Equal(count, (await catalog.UnavailableAsync(Some.Noon, None)).Count);
        var first = stub.Requests.Count;
        for (var request = 0; request < 1000; request++)
            Assert.Equal(count, (await catalog.UnavailableAsync(Some.Noon, None)).Count);
        // A slow machine may see the version be looked at again.
        Assert.InRange(stub.Requests.Count - first, 0, 2);
    }

    [Fact]
    public async Task A_change_is_seen_once_the_version_is_looked_at_again()
    {
        await using var fixture = await AwsFixture.WithTableAsync();
        var time = new FakeTimeProvider();
        var backoff = new Backoff(time, new Random(1), fixture.Options.ResendDelay);
        var reader = new DynamoItemCatalog(new DynamoTable(fixture.Dynamo, fixture.Options, backoff));
        var writer = new DynamoItemCatalog(fixture.Table);
        Assert.Empty(await reader.UnavailableAsync(Some.Noon, None));

        await writer.PutAsync([new CatalogItem(Some.Item("a"), "A", [], false)], None);
        Assert.Empty(await reader.UnavailableAsync(Some.Noon, None));
        time.Advance(UnavailableItems.CheckedEvery);
        Assert.Equal(Some.Item("a"), Assert.Single(await reader.UnavailableAsync(Some.Noon, None)));

        await writer.PutAsync([new CatalogItem(Some.Item("a"), "A", [], true)], None);
        time.Advance(UnavailableItems.CheckedEvery);
        Assert.Empty(await reader.UnavailableAsync(Some.Noon, None));
    }

    /// <summary>A table that lists that many items as unavailable, a thousand a page.</summary>
    private static Task<FaultProxy> StubAsync(int count)
    {
        const string Json = "application/x-amz-json-1.0";
        return FaultProxy.StartAsync(request =>
        {
            if (!request.Is("Query") || request.Text.Contains("\" timed\"", StringComparison.Ordinal))
                return StubAnswer.Of(200, "{}", Json);
            using var asked = System.Text.Json.JsonDocument.Parse(request.Text);
            var from =
                asked.RootElement.TryGetProperty("ExclusiveStartKey", out var key)
                && key.ValueKind == System.Text.Json.JsonValueKind.Object
                    ? int.Parse(
                        key.GetProperty("userId").GetProperty("S").GetString()!,
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                    : 0;
            var to = Math.Min(count, from + 1000);
            var items = Enumerable.Range(from, to - from).Select(i => KeyOf($" item:i{i}"));
            var page = new Dictionary<string, object>(StringComparer.Ordinal) { ["Items"] = items };
            if (to < count)
                page["LastEvaluatedKey"] = KeyOf($"{to}");
            return StubAnswer.Of(200, System.Text.Json.JsonSerializer.Serialize(page), Json);
        });
    }

    private static Dictionary<string, object> KeyOf(string text) =>
        new(StringComparer.Ordinal)
        {
            ["userId"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["S"] = text },
        };
}
