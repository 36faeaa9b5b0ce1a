using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>An eligible item.</summary>
/// <param name="Item">The item as its source ranked it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="End">The place after it in the sequence of candidates; default unless the list needs it.</param>
internal readonly record struct RetrievedItem(RankedItem Item, ListSource Source, SequencePlace End);
