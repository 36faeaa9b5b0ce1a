using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Feedback;

/// <summary>Makes the output of a part of the log, with the code that attributes on one machine.</summary>
internal sealed class PartDerivation(
    ILogInputs log,
    IErasures erasures,
    RecommendationIds ids,
    EventTypeSettings types,
    RecommendationOptions options,
    TimeProvider time)
{
    /// <summary>How long after it ended something of an erased user may still come into the log.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromDays(8);

    private const string TimeFormat = "yyyyMMddHHmmssfff";

    internal string Settings => FeedbackSettings.Stamp(types, options.AttributionWindow);

    internal ILogInputs Log => log;

    /// <summary>The oldest erasure that something in the log may still be of.</summary>
    private DateTimeOffset Since => time.GetUtcNow() - s_late - (options.LogRetention ?? TimeSpan.Zero);

    /// <summary>What erasures cover that something in the log may still be of.</summary>
    internal async Task<ILookup<UserId, ErasureBoundary>> ErasedAsync(CancellationToken cancellationToken)
    {
        var known = await erasures.ListAsync(includeFinished: true, Since, cancellationToken)
            .ToListAsync(cancellationToken);
        return known.ToLookup(one => one.User, one => one.Boundary);
    }

    /// <param name="part">Which part.</param>
    /// <param name="input">What it is read from; null for nothing.</param>
    /// <param name="before">The output that it replaces; the sums of erased users stay.</param>
    /// <param name="erased">What is left out.</param>
    /// <param name="erasure">An erasure whose sums are to be kept without the user; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<FeedbackPart> CountAsync(
        int part,
        LogInput? input,
        FeedbackPart? before,
        ILookup<UserId, ErasureBoundary> erased,
        ErasureWork? erasure,
        CancellationToken cancellationToken)
    {
        var key = await ids.KeyAsync(cancellationToken);
        var (kept, removed) = (new PartCount(types, key), new PartCount(types, key));
        var known = before?.Erasures ?? [];
        // What an earlier erasure removed, and came late, is in no figure.
        bool IsErasedBefore(ErasureBoundary by, Interaction one) =>
            by.Covers(one) && known.Contains(NameOf(by), StringComparer.Ordinal);
        var events = input is null
            ? AsyncEnumerable.Empty<Interaction>() : log.ReadAsync(part, input, cancellationToken);
        await foreach (var one in events)
        {
            if (one.UserId == erasure?.User && erasure.Boundary.Covers(one))
            {
                if (!erased[one.UserId].Any(by => IsErasedBefore(by, one)))
                    removed.Add(one);
            }
            else if (!erased[one.UserId].Any(by => by.Covers(one)))
                kept.Add(one);
        }
        var sums = kept.ToSums(options.AttributionWindow);
        return new FeedbackPart(
            part,
            Settings,
            input?.Range,
            sums.Users,
            sums.Items,
            ErasedSums(before, removed),
            erasure is null ? known : [.. known, NameOf(erasure.Boundary)]);
    }

    /// <summary>Names an erasure without naming the user: its time, and a hash of its place in the log.</summary>
    internal static string NameOf(ErasureBoundary boundary)
    {
        var places = boundary.Marks.Select(mark => $"{mark.Partition}:{mark.Sequence}:{mark.Index}");
        var hash = StableHash.Of($"{boundary.Version} {string.Join(' ', places)}");
        return string.Create(CultureInfo.InvariantCulture, $"{TimeText(boundary.ArrivedAt)}-{hash:x16}");
    }

    /// <summary>Whether an erasure may be among those of <see cref="ErasedAsync"/>.</summary>
    internal bool MayBeListed(string name) => string.CompareOrdinal(name, TimeText(Since)) >= 0;

    private static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private Dictionary<(ItemId? Item, FeedbackKey Key), FeedbackSum> ErasedSums(FeedbackPart? before, PartCount removed)
    {
        var sums = before is null ? [] : new Dictionary<(ItemId? Item, FeedbackKey Key), FeedbackSum>(before.Erased);
        var erasure = new FeedbackErasure(
            [.. removed.Events], [.. removed.Lists], _ => true, options.AttributionWindow);
        foreach (var ((item, key), sum) in erasure.Erased)
            sums[(item, key)] = sums.GetValueOrDefault((item, key)) + sum;
        foreach (var (key, sum) in erasure.ErasedLists)
            sums[(null, key)] = sums.GetValueOrDefault((null, key)) + sum;
        return sums;
    }
}
