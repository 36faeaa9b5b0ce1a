using System.Collections.Concurrent;
using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>popularity/{hours}h.json</c>: what was popular within a window when a scheduled step counted it last. Read again
/// after a minute.
/// </summary>
internal sealed class S3PopularWindows(Bucket bucket, TimeProvider time) : IPopularWindows, IPopularWindowStore
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TimeSpan, (RankedItems Items, long At)> _read = [];

    public async Task<RankedItems> RankAsync(TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(window, out var read) && time.GetElapsedTime(read.At) < s_age)
            return read.Items;
        var at = time.GetTimestamp();
        var stored =
            await bucket.FindAsync(KeyOf(window), cancellationToken)
            ?? throw RefusedException.Missing(
                "What is popular within this window has not been counted yet; ask again in a quarter of an hour."
            );
        var items = Read(stored, window).ToItems();
        _read[window] = (items, at);
        return items;
    }

    public async Task PutAsync(
        TimeSpan window,
        RankedItems items,
        DateTimeOffset countedAt,
        CancellationToken cancellationToken
    )
    {
        var body = S3Json.Write(PopularWindowDocument.From(items, countedAt), S3Json.Default.PopularWindowDocument);
        StoredObject? stored;
        do
        {
            stored = await bucket.FindAsync(KeyOf(window), cancellationToken);
            if (stored is not null && StoredFormat.TimeOf(Read(stored, window).CountedAt) > countedAt)
                return;
        }
        while (await bucket.PutAsync(KeyOf(window), body, PutCondition.Unchanged(stored), cancellationToken) is null);
    }

    private static PopularWindowDocument Read(StoredObject stored, TimeSpan window) =>
        S3Json.Read(stored.Body, S3Json.Default.PopularWindowDocument, KeyOf(window));

    private static string KeyOf(TimeSpan window) =>
        string.Create(CultureInfo.InvariantCulture, $"popularity/{window.TotalHours:0}h.json");
}

/// <summary>What was popular within a window; the scores are in the order of the items.</summary>
internal sealed record PopularWindowDocument(int FormatVersion, string CountedAt, string[] Items, double[] Scores)
    : IStoredDocument
{
    internal static PopularWindowDocument From(RankedItems items, DateTimeOffset countedAt) =>
        new(
            S3Json.Format,
            Timestamps.Format(countedAt),
            [.. items.Select(item => item.ItemId.Value)],
            [.. items.Select(item => item.Score.Value)]
        );

    internal RankedItems ToItems() => RankedItems.FromStored(
        [.. Items.Zip(Scores, (item, score) => new RankedItem(ItemId.FromStored(item), Score.Of(score)))]);
}
