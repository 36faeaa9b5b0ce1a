using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Reads the log in parts. All events of a user are in one part, so memory does not grow with the log. If the log has
/// more interactions than can be read in time, as many parts as possible are counted: a fair sample of the users.
/// </summary>
internal sealed partial class PopularWindowCounter(
    IUserLog log,
    EventTypeSettings types,
    ILogger<PopularWindowCounter> logger
) : IPopularWindowCounter
{
    /// <summary>Items of a window that are kept.</summary>
    internal const int MaximumItems = 10_000;

    /// <summary>Interactions that are read: three minutes' worth at 300,000 a second.</summary>
    internal const long MaximumInteractions = 50_000_000;

    /// <summary>Interactions whose users and items are held at once.</summary>
    private const long MaximumHeld = 2_000_000;

    public async Task<IReadOnlyList<RankedItems>> CountAsync(
        IReadOnlyList<TimeSpan> windows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var starts = windows.Select(window => (now - window).ToUnixTimeMilliseconds()).ToArray();
        var sums = windows.Select(_ => new Dictionary<ItemId, double>()).ToArray();
        var from = now - windows.Max() - Interaction.MaximumAhead;
        var (read, parts, next) = (0L, 0, 1);
        while (next > 0)
        {
            read += await CountAsync(new LogParts(parts, next, from), starts, now, sums, cancellationToken);
            parts += next;
            var ofPart = Math.Max(1, read / parts);
            next = (int)
                Math.Min(
                    log.Parts - parts,
                    Math.Min(Math.Max(1, MaximumHeld / ofPart), (MaximumInteractions - read) / ofPart)
                );
        }
        if (parts < log.Parts)
            LogSampled(parts, log.Parts);
        return [.. sums.Select(ToItems)];
    }

    private async Task<long> CountAsync(
        LogParts part,
        long[] starts,
        DateTimeOffset now,
        Dictionary<ItemId, double>[] sums,
        CancellationToken cancellationToken
    )
    {
        var feedback = new Dictionary<(ItemId Item, UserId User), ItemFeedback[]>();
        var read = 0L;
        await foreach (var one in log.ReadAsync(part, cancellationToken))
        {
            read++;
            var milliseconds = one.OccurredAt.ToUnixTimeMilliseconds();
            var weight = (float)types.WeightOf(one.Type, one.Value);
            if (weight == 0 || one.OccurredAt > now || milliseconds <= starts.Min())
                continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(feedback, (one.ItemId, one.UserId), out _);
            known ??= [.. starts.Select(_ => new ItemFeedback())];
            for (var window = 0; window < starts.Length; window++)
            {
                if (milliseconds > starts[window])
                    known[window].Add(weight, milliseconds);
            }
        }
        foreach (var (key, one) in feedback)
        {
            for (var window = 0; window < starts.Length; window++)
                CollectionsMarshal.GetValueRefOrAddDefault(sums[window], key.Item, out _) += one[window].Weight;
        }
        return read;
    }

    private static RankedItems ToItems(Dictionary<ItemId, double> sums)
    {
        var greatest = sums.Values.DefaultIfEmpty().Max();
        return RankedItems.From(
            sums.Where(item => item.Value > 0)
                .Select(item => new RankedItem(item.Key, Score.Of(item.Value / greatest))),
            MaximumItems
        );
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Popular items are counted from {Read} of {Parts} parts of the users: a log of this size can't be read whole "
            + "in time."
    )]
    private partial void LogSampled(int read, int parts);
}
