using Recommendation.Domain;
using Recommendation.Modeling.Histories;

namespace Recommendation.Cli.Output;

/// <param name="File">The path.</param>
/// <param name="From">When the oldest interaction happened; null without interactions.</param>
/// <param name="To">When the newest interaction happened; null without interactions.</param>
internal sealed record HistoriesDocument(
    string File,
    long Bytes,
    long Interactions,
    long Users,
    int Items,
    int Types,
    string? From,
    string? To)
{
    internal double BytesPerInteraction => Interactions == 0 ? 0 : (double)Bytes / Interactions;

    internal static HistoriesDocument Of(string path, HistoryTotals totals) => new(
        path, new FileInfo(path).Length, totals.Events, totals.Users, totals.Items, totals.Types,
        totals.Events == 0 ? null : Format(totals.OldestMilliseconds),
        totals.Events == 0 ? null : Format(totals.NewestMilliseconds));

    private static string Format(long milliseconds) =>
        Timestamps.Format(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
