using System.Diagnostics.CodeAnalysis;

namespace Recommendation.Domain.Interactions;

/// <summary>What became of an event: the interaction, or the reason why it is none. Exactly one is set.</summary>
public readonly record struct ValidationResult
{
    private ValidationResult(Interaction? accepted, Rejection? rejected) => (Accepted, Rejected) = (accepted, rejected);

    public Interaction? Accepted { get; }

    public Rejection? Rejected { get; }

    [MemberNotNullWhen(true, nameof(Accepted))]
    [MemberNotNullWhen(false, nameof(Rejected))]
    public bool IsAccepted => Accepted is not null;

    public static ValidationResult Of(Interaction accepted) => new(accepted, null);

    public static ValidationResult Of(Rejection rejected) => new(null, rejected);
}
