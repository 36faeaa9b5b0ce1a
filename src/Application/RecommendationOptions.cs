using Recommendation.Domain.Batches;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application;

/// <summary>What can be set about the use cases; every default is the documented behaviour.</summary>
public sealed class RecommendationOptions
{
    /// <summary>How many of the newest interactions a profile keeps; 1–500, default 50.</summary>
    public int RecentInteractions { get; set; } = 50;

    /// <summary>
    /// How many older interactions a profile holds before they are folded into the user's history; 0–1,024, default 64.
    /// </summary>
    public int PendingInteractions { get; set; } = 64;

    /// <summary>
    /// How many event ids of a user are remembered to drop copies that a producer sent; 0–1,024, default 64.
    /// </summary>
    public int RememberedEventIds { get; set; } = 64;

    /// <summary>
    /// How long the log can deliver a record again; null (the default) where it keeps records for ever.
    /// </summary>
    public TimeSpan? LogRetention { get; set; }

    /// <summary>
    /// A user is active if the last interaction is at most this long before a run's start; default 30 days.
    /// </summary>
    public TimeSpan ActiveWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many items a stored list holds at most; 1–1,000, default 100.</summary>
    public int StoredItems { get; set; } = RankedItems.DefaultStored;

    /// <summary>Whether items that an interaction of the user hides may be recommended again; default no.</summary>
    public bool AllowRepeats { get; set; }

    /// <summary>How long ranking on request may take before the stored list is shown instead; default 150 ms.</summary>
    public TimeSpan RealtimeBudget { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// How long ranking on request may take for a user without a stored list, who would get nothing otherwise; default
    /// 5 s.
    /// </summary>
    public TimeSpan FirstListBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a batch run's lease lasts without renewal; default 20 minutes.</summary>
    public TimeSpan BatchLease { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How many users a segment of a batch run holds at most; 1–2,000, default 2,000.</summary>
    public int SegmentSize { get; set; } = BatchRun.SegmentSize;

    /// <summary>
    /// How long before a click or a conversion that names no list the item may have been clicked or seen; default 7
    /// days.
    /// </summary>
    public TimeSpan AttributionWindow { get; set; } = Attribution.DefaultWindow;

    /// <summary>What each type of interaction means: its weight, and whether it hides its item.</summary>
    public EventTypeSettings EventTypes { get; set; } = EventTypeSettings.Default;

    /// <summary>
    /// What attributes of items are; what is not declared is what the first use of it says. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, AttributeShape> Attributes { get; set; } =
        new Dictionary<string, AttributeShape>(StringComparer.Ordinal);

    /// <summary>
    /// Whether the variants of a product, which name the same group, count as one item: a list holds one of them at
    /// most, an act on one hides all, and a model is trained on their interactions together. Default: no.
    /// </summary>
    public bool VariantsAsOne { get; set; }

    internal ProfilePolicy ToProfilePolicy() => new()
    {
        RecentLimit = RecentInteractions,
        PendingLimit = PendingInteractions,
        EventIdLimit = RememberedEventIds,
        LogRetention = LogRetention,
        EventTypes = EventTypes,
    };

    /// <summary>How many models are kept, the newest, and how far back a rollback can go.</summary>
    public int KeptModels { get; set; } = 10;

    /// <summary>The sentences that say what is wrong with these options; none if all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (RecentInteractions is < 1 or > 500)
            yield return $"RecentInteractions is {RecentInteractions}; give 1–500.";
        if (PendingInteractions is < 0 or > 1024)
            yield return $"PendingInteractions is {PendingInteractions}; give 0–1,024.";
        if (RememberedEventIds is < 0 or > 1024)
            yield return $"RememberedEventIds is {RememberedEventIds}; give 0–1,024.";
        if (
            LogRetention is { } retention
            && (retention <= TimeSpan.Zero || retention > ProfilePolicy.MaximumLogRetention)
        )
            yield return $"LogRetention is {retention}; give a positive time of at most 100 years, or none where the "
                + "log keeps records for ever.";
        if (ActiveWithin <= TimeSpan.Zero || ActiveWithin > TimeSpan.FromDays(3660))
            yield return $"ActiveWithin is {ActiveWithin}; give more than nothing and at most ten years.";
        if (StoredItems is < 1 or > 1000)
            yield return $"StoredItems is {StoredItems}; give 1–1,000.";
        if (RealtimeBudget <= TimeSpan.Zero || RealtimeBudget > TimeSpan.FromMinutes(1))
            yield return $"RealtimeBudget is {RealtimeBudget}; give more than nothing and at most a minute.";
        if (FirstListBudget <= TimeSpan.Zero || FirstListBudget > TimeSpan.FromMinutes(1))
            yield return $"FirstListBudget is {FirstListBudget}; give more than nothing and at most a minute.";
        if (AttributionWindow <= TimeSpan.Zero || AttributionWindow > TimeSpan.FromDays(365))
            yield return $"AttributionWindow is {AttributionWindow}; give more than nothing and at most a year.";
        if (BatchLease < TimeSpan.FromSeconds(10) || BatchLease > TimeSpan.FromDays(1))
            yield return $"BatchLease is {BatchLease}; give 10 seconds to a day.";
        if (KeptModels is < 2 or > 1000)
            yield return $"KeptModels is {KeptModels}; give 2–1,000.";
        if (SegmentSize is < 1 or > BatchRun.SegmentSize)
            yield return $"SegmentSize is {SegmentSize}; give 1–{BatchRun.SegmentSize}.";
    }
}
