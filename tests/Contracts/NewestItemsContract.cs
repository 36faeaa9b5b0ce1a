using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that lists the newest items of a catalogue.</summary>
public abstract class NewestItemsContract : Contract<IItemCatalog>
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Lists the items of the catalogue under test.</summary>
    protected abstract INewestItems Newest { get; }

    [Fact]
    public async Task The_newest_items_come_first_and_equally_old_ones_by_id()
    {
        Assert.Empty(await ReadAsync(10));
        await PutAsync(("old", -100), ("b", -1), ("a", -1), ("now", 0), ("unknown", null));

        Assert.Equal(["now", "a", "b", "old"], await ReadAsync(10));
    }

    [Fact]
    public async Task No_more_come_than_asked_for_and_fewer_only_at_the_end()
    {
        await PutAsync([.. Enumerable.Range(0, 300).Select(n => ($"i{n:000}", (int?)-n))]);

        foreach (var limit in (int[])[1, 2, 200, 201, 300, 301])
        {
            var read = await ReadAsync(limit);
            Assert.Equal(Enumerable.Range(0, Math.Min(limit, 300)).Select(n => $"i{n:000}"), read);
        }
    }

    [Fact]
    public async Task Items_of_a_later_time_come_when_it_has_come()
    {
        await PutAsync(("later", 60), ("now", 0));

        Assert.Equal(["now"], await ReadAsync(10));
        Assert.Equal(["now"], await ReadAsync(10, seconds: 59.999));
        Assert.Equal(["later", "now"], await ReadAsync(10, seconds: 60));
    }

    [Fact]
    public async Task Changes_and_deletions_are_seen_at_once()
    {
        await PutAsync(("a", -2), ("b", -1));
        await PutAsync(("a", 0));
        Assert.Equal(["a", "b"], await ReadAsync(10));

        await Edits.DeleteAsync([Some.Item("a")], None);
        Assert.Equal(["b"], await ReadAsync(10));
        await PutAsync(("a", null));
        Assert.Equal(["b"], await ReadAsync(10));
        await PutAsync(("a", -3));
        Assert.Equal(["b", "a"], await ReadAsync(10));
    }

    [Fact]
    public async Task Items_that_are_not_offered_are_listed_all_the_same()
    {
        // Who makes a list leaves them out, as of any other source.
        await Port.PutAsync(
            [new CatalogItem(Some.Item("gone"), null, [], Available: false) { CreatedAt = s_now }], None);

        Assert.Equal(["gone"], await ReadAsync(10));
    }

    private IItemEdits Edits => (IItemEdits)Port;

    private async Task<IEnumerable<string>> ReadAsync(int limit, double seconds = 0) =>
        (await Newest.ReadNewestAsync(s_now.AddSeconds(seconds), limit, None)).Select(item => item.Value);

    private Task PutAsync(params (string Item, int? Seconds)[] items) => Port.PutAsync(
        [
            .. items.Select(one => new CatalogItem(Some.Item(one.Item), null, [])
            {
                CreatedAt = one.Seconds is { } seconds ? s_now.AddSeconds(seconds) : null,
            }),
        ],
        None);
}
