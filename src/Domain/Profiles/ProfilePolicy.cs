using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>What a profile keeps, and for how long.</summary>
public sealed record ProfilePolicy
{
    public static readonly ProfilePolicy Default = new();

    private readonly int _recentLimit = 50;
    private readonly int _eventIdLimit = 64;

    /// <summary>How many of the newest interactions a profile keeps; 1–500, 50 by default.</summary>
    public int RecentLimit
    {
        get => _recentLimit;
        init => _recentLimit = value is >= 1 and <= 500 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A profile keeps 1–500 recent interactions.");
    }

    /// <summary>How many of the last event ids a profile remembers to drop copies that a producer sent; 0–1,024, 64 by default.</summary>
    public int EventIdLimit
    {
        get => _eventIdLimit;
        init => _eventIdLimit = value is >= 0 and <= 1024 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A profile remembers 0–1,024 event ids.");
    }

    /// <summary>How long the log can deliver a record again; null where it keeps records for ever.</summary>
    public TimeSpan? LogRetention { get; init; }

    public InteractionWeights Weights { get; init; } = InteractionWeights.Default;
}
