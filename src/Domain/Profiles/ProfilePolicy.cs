using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>What a profile keeps, and for how long.</summary>
public sealed record ProfilePolicy
{
    public static readonly ProfilePolicy Default = new();

    /// <summary>The longest retention that can be set, in which the calendar has room: 100 years.</summary>
    public static readonly TimeSpan MaximumLogRetention = TimeSpan.FromDays(36_500);

    /// <summary>How much longer than the log can deliver anything a tombstone is kept.</summary>
    public static readonly TimeSpan TombstoneMargin = TimeSpan.FromDays(7);

    private readonly int _recentLimit = 50;
    private readonly int _pendingLimit = 64;
    private readonly int _eventIdLimit = 64;
    private readonly TimeSpan? _logRetention;

    /// <summary>How many of the newest interactions a profile keeps; 1–500, 50 by default.</summary>
    public int RecentLimit
    {
        get => _recentLimit;
        init => _recentLimit = value is >= 1 and <= 500 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A profile keeps 1–500 recent interactions.");
    }

    /// <summary>
    /// How many interactions that are older than those a profile keeps before they are folded into the
    /// history; 64 by default.
    /// </summary>
    public int PendingLimit
    {
        get => _pendingLimit;
        init =>
            _pendingLimit = value is >= 0 and <= 1024
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(value),
                    value,
                    "A profile holds 0–1,024 pending interactions."
                );
    }

    /// <summary>
    /// How many of the last event ids a profile remembers to drop copies that a producer sent; 0–1,024, 64 by default.
    /// </summary>
    public int EventIdLimit
    {
        get => _eventIdLimit;
        init => _eventIdLimit = value is >= 0 and <= 1024 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A profile remembers 0–1,024 event ids.");
    }

    /// <summary>How long the log can deliver a record again; null where it keeps records for ever.</summary>
    public TimeSpan? LogRetention
    {
        get => _logRetention;
        init =>
            _logRetention =
                value is null || (value > TimeSpan.Zero && value <= MaximumLogRetention)
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(value),
                        value,
                        "A log keeps records for more than nothing and at most 100 years; null is for ever."
                    );
    }

    /// <summary>What each type of interaction means.</summary>
    public EventTypeSettings EventTypes { get; init; } = EventTypeSettings.Default;
}
