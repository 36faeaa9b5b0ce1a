using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The stored form of a recommendation list but for its user, which is a column. Format 3 adds the version of merged
/// profiles, and is written for users that have some; format 1 had no sources of items.
/// </summary>
internal static class ListCodec
{
    internal const int NewestFormat = 3;

    private const int WithoutMerged = 2;

    /// <summary>What it is called where it is damaged.</summary>
    internal const string What = "recommendation list";

    /// <summary>The numbers are stored: they are never used anew.</summary>
    private static readonly ListSource[] s_sources =
    [
        ListSource.Popular,
        ListSource.Batch,
        ListSource.Realtime,
        ListSource.Stale,
    ];

    internal static void Write(BlobWriter blob, RecommendationList list)
    {
        blob.Byte((byte)(list.MergedVersion == 0 ? WithoutMerged : NewestFormat));
        blob.Byte((byte)Array.IndexOf(s_sources, list.Source));
        blob.Milliseconds(list.UpdatedAt);
        blob.Text(list.ModelVersion?.Value ?? "");
        blob.Text(list.RunId?.Value ?? "");
        blob.Signed(list.ProfileVersion);
        if (list.MergedVersion != 0)
            blob.Signed(list.MergedVersion);
        blob.Count(list.Items.Count);
        foreach (var item in list.Items)
        {
            blob.Text(item.ItemId.Value);
            blob.Double(item.Score.Value);
            blob.Count(item.Because.Count);
            foreach (var because in item.Because)
                blob.Text(because.Value);
            blob.Byte((byte)(item.Source is { } source ? Array.IndexOf(s_sources, source) + 1 : 0));
        }
    }

    /// <summary>What an item's byte says: 0 for the source of the list.</summary>
    internal static ListSource? SourceOf(byte number) => number == 0 ? null : s_sources[number - 1];

    internal static bool IsSource(byte number) => number <= s_sources.Length;

    internal static RecommendationList Read(UserId user, ReadOnlySpan<byte> bytes)
    {
        var blob = new BlobReader(bytes, What);
        var format = blob.Version(NewestFormat);
        try
        {
            return new RecommendationList
            {
                UserId = user,
                Source =
                    blob.Byte() is var source && source < s_sources.Length ? s_sources[source] : throw blob.Damaged(),
                UpdatedAt = blob.Milliseconds(),
                ModelVersion = blob.Text() is { Length: > 0 } model ? ModelVersion.Parse(model) : null,
                RunId = blob.Text() is { Length: > 0 } run ? BatchRunId.Parse(run) : null,
                ProfileVersion = blob.Signed(),
                MergedVersion = format > WithoutMerged ? blob.Signed() : 0,
                Items = RankedItems.FromStored(StoredItems.Read(ref blob, hasSources: format > 1)),
            };
        }
        catch (ArgumentException exception)
        {
            // A name that can't have been written.
            throw new StoredFormatException(blob.Damaged().Message, exception);
        }
    }
}
