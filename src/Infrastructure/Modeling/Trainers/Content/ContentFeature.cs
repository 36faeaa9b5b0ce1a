namespace Recommendation.Modeling.Trainers.Content;

/// <summary>One thing that an item says of itself: a token of a kind, or a number that becomes tokens by its
/// bin.</summary>
/// <param name="Kind">The kind of attribute, such as <c>title</c> or <c>attribute:colour</c>.</param>
/// <param name="Token">What is compared; null for a number.</param>
/// <param name="Number">The number where there is no token.</param>
internal readonly record struct ContentFeature(string Kind, string? Token, double Number = 0);
