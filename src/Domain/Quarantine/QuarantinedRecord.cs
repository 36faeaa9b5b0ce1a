using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Quarantine;

/// <summary>A record that was not accepted, kept whole so that it can be read and sent again.</summary>
public sealed record QuarantinedRecord
{
    /// <summary>The key: a redelivery of the same record adds no other.</summary>
    public required Position Position { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public required Rejection Rejection { get; init; }

    /// <summary>The event as it came; where it was a row of a table, the same fields as a JSON event.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The user it is of, as far as that can be read; what erasure looks for.</summary>
    public UserId? UserId { get; init; }

    /// <summary>When its events were appended to the log anew; null where they were not.</summary>
    public DateTimeOffset? RedrivenAt { get; init; }

    /// <summary>When it was dismissed, as nothing to be sent again; null where it was not.</summary>
    public DateTimeOffset? DismissedAt { get; init; }

    /// <summary>Whether nothing was decided about it yet.</summary>
    public bool IsOpen => RedrivenAt is null && DismissedAt is null;

    /// <summary>The record after something was decided. What was decided first about an open record stays.</summary>
    public QuarantinedRecord After(QuarantineEnd decision, DateTimeOffset at) =>
        (decision, IsOpen) switch
        {
            (QuarantineEnd.Redriven, _) => this with { RedrivenAt = at },
            (_, true) => this with { DismissedAt = at },
            _ => this,
        };
}
