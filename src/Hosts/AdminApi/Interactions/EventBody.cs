namespace Recommendation.AdminApi.Interactions;

/// <summary>What a user did with an item. Members that are not named here are ignored.</summary>
/// <param name="UserId">Who: 1–256 UTF-8 bytes without control characters.</param>
/// <param name="ItemId">With what: 1–256 UTF-8 bytes without control characters.</param>
/// <param name="InteractionType">What was done, such as <c>view</c>, <c>click</c>, <c>add-to-cart</c> or
/// <c>purchase</c>; <c>view</c> if absent.</param>
/// <param name="Timestamp">When: ISO 8601, in UTC if it has no offset; milliseconds since 1970 as a number are read,
/// too. The time of arrival if absent.</param>
/// <param name="EventId">Names the event, so that it counts once however often it is sent.</param>
/// <param name="Value">A rating, a quantity or an amount; what it means is a setting of the type.</param>
/// <param name="Currency">The ISO 4217 code of an amount in the value.</param>
/// <param name="RecommendationId">The id of the list that led to it. One that does not count is reported in the result,
/// and the event counts without it.</param>
internal sealed record EventBody(
    string UserId,
    string ItemId,
    string? InteractionType = null,
    string? Timestamp = null,
    string? EventId = null,
    double? Value = null,
    string? Currency = null,
    string? RecommendationId = null
);
