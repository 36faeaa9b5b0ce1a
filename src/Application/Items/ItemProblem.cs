using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Items;

/// <summary>Why an item was not stored.</summary>
/// <param name="Index">Its place among the given ones, from 0.</param>
/// <param name="Item">Which.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
public sealed record ItemProblem(int Index, ItemId Item, string Message);
