using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>What lists that are retrieved together have in common.</summary>
/// <param name="Model">The model to rank with; null for the current one.</param>
/// <param name="Now">The time from which the age of interactions is counted.</param>
/// <param name="Personal">What items are called that the model ranked for a user.</param>
/// <param name="Budget">How long the ranker may take in all; null for as long as it takes.</param>
internal sealed record RetrievalContext(
    ModelVersion? Model, DateTimeOffset Now, ListSource Personal = ListSource.Realtime, TimeSpan? Budget = null)
{
    /// <summary>Whether popular items, and the rest of the catalogue, fill up lists that are short.</summary>
    public bool FillsUp { get; init; } = true;
}
