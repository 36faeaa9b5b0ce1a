using Recommendation.Application.Retrieval;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>A list that was retrieved.</summary>
/// <param name="Items">Best first; those of another source than the list's are marked with it.</param>
/// <param name="Source">Where the first item comes from.</param>
/// <param name="Model">The model that ranked it; null if there is none yet.</param>
/// <param name="UpdatedAt">When it was ranked.</param>
/// <param name="More">Whether the list goes on.</param>
/// <param name="End">The place after the last item, if the next cursor needs it.</param>
internal sealed record UserList(
    RankedItems Items, ListSource Source, ModelVersion? Model, DateTimeOffset UpdatedAt, bool More, SequencePlace End)
{
    /// <summary>How the items were retrieved, in the same places; null where they were not.</summary>
    internal ListRetrieval? Retrieval { get; init; }

    /// <param name="list">What was retrieved.</param>
    /// <param name="count">How many items are shown at most.</param>
    /// <param name="personal">The source of an empty list.</param>
    /// <param name="model">The model that ranked it.</param>
    /// <param name="updatedAt">When.</param>
    internal static UserList Of(
        ListRetrieval list, int count, ListSource personal, ModelVersion? model, DateTimeOffset updatedAt)
    {
        var source = list.SourceOf(personal);
        var items = list.Truncate(count, source);
        var end = items.Count == 0 ? default : list.Chosen[items.Count - 1].End;
        return new(items, source, model, updatedAt, list.Chosen.Count > items.Count, end) { Retrieval = list };
    }
}
