using Recommendation.Domain.Feedback;

namespace Recommendation.Domain.Interactions;

/// <summary>The types that are named without any settings.</summary>
internal static class BuiltInEventTypes
{
    /// <summary>
    /// An item that was put into the cart and taken out again weighs 3 − 2, as much as one that was viewed. A rating
    /// weighs as much as a like or a dislike.
    /// </summary>
    internal static readonly IReadOnlyDictionary<InteractionType, EventType> All = new Dictionary<
        InteractionType,
        EventType
    >
    {
        [InteractionType.View] = new()
        {
            Weight = 1,
            Hides = true,
            Aliases = Names("viewed", "pageview", "page_view", "page-view", "view_item"),
        },
        [InteractionType.Click] = new()
        {
            Weight = 1,
            Hides = true,
            Role = FeedbackRole.Click,
            Aliases = Names("clicked", "select_item"),
        },
        [InteractionType.AddToCart] = new()
        {
            Weight = 3,
            Hides = true,
            Aliases = Names("add_to_cart", "addtocart", "added-to-cart", "cart"),
        },
        [InteractionType.Purchase] = new()
        {
            Weight = 5,
            Hides = true,
            Role = FeedbackRole.Conversion,
            Aliases = Names("purchased", "transaction", "order", "ordered", "buy", "bought"),
        },
        [InteractionType.Like] = new()
        {
            Weight = 4,
            Hides = true,
            Aliases = Names("liked", "favorite", "favourite", "upvote"),
        },
        [InteractionType.Dislike] = new()
        {
            Weight = -4,
            Hides = true,
            Aliases = Names("disliked", "downvote"),
        },
        [InteractionType.RemoveFromCart] = new()
        {
            Weight = -2,
            Aliases = Names("remove_from_cart", "removefromcart", "removed-from-cart"),
        },
        [InteractionType.Refund] = new()
        {
            Weight = -5,
            Cancels = InteractionType.Purchase,
            Aliases = Names("refunded", "return", "returned"),
        },
        [InteractionType.Rating] = new()
        {
            Weight = 4,
            Hides = true,
            Value = ValueRule.PositiveFrom(3.5),
            Aliases = Names("rate", "rated"),
        },
        [InteractionType.Impression] = new() { Weight = 0, Aliases = Names("impressions", "view_item_list") },
    };

    /// <summary>
    /// The weights that were built in before models recorded their settings; then every type hid its item.
    /// </summary>
    internal static readonly IReadOnlyDictionary<InteractionType, EventType> BeforeRecorded = new Dictionary<
        InteractionType,
        EventType
    >
    {
        [InteractionType.View] = new() { Weight = 1, Hides = true },
        [InteractionType.Click] = new() { Weight = 1, Hides = true },
        [InteractionType.AddToCart] = new() { Weight = 3, Hides = true },
        [InteractionType.Purchase] = new() { Weight = 5, Hides = true },
        [InteractionType.Like] = new() { Weight = 4, Hides = true },
        [InteractionType.Dislike] = new() { Weight = -4, Hides = true },
    };

    private static InteractionType[] Names(params ReadOnlySpan<string> names)
    {
        var types = new InteractionType[names.Length];
        for (var i = 0; i < names.Length; i++)
            types[i] = InteractionType.Parse(names[i]);
        return types;
    }
}
