using System.Diagnostics.CodeAnalysis;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Interactions;

/// <summary>What became of an event: the interaction, or the reason why it is none. Exactly one is set.</summary>
public readonly record struct ValidationResult
{
    private ValidationResult(Interaction? accepted, Rejection? rejected, RecommendationIdProblem? idProblem = null) =>
        (Accepted, Rejected, IdProblem) = (accepted, rejected, idProblem);

    public Interaction? Accepted { get; }

    public Rejection? Rejected { get; }

    /// <summary>Why the recommendation id of an accepted event is left out; null where it is not.</summary>
    public RecommendationIdProblem? IdProblem { get; }

    [MemberNotNullWhen(true, nameof(Accepted))]
    [MemberNotNullWhen(false, nameof(Rejected))]
    public bool IsAccepted => Accepted is not null;

    public static ValidationResult Of(Interaction accepted, RecommendationIdProblem? idProblem = null) =>
        new(accepted, null, idProblem);

    public static ValidationResult Of(Rejection rejected) => new(null, rejected);
}
