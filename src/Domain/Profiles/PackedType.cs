using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// The usual types of interaction as numbers of 5 bits. The numbers are stored: they are never used anew.
/// </summary>
internal static class PackedType
{
    /// <summary>The number of a type whose name follows.</summary>
    internal const byte Spelled = 0;

    /// <summary>The bits of a number; the rest of its byte is free for flags.</summary>
    internal const byte Mask = 0x1f;

    private static readonly InteractionType[] s_byNumber =
    [
        default, // spelled
        InteractionType.View,
        InteractionType.Click,
        InteractionType.AddToCart,
        InteractionType.Purchase,
        InteractionType.Like,
        InteractionType.Dislike,
        InteractionType.Other,
        InteractionType.Parse("remove-from-cart"),
        InteractionType.Parse("refund"),
        InteractionType.Parse("rating"),
        InteractionType.Parse("impression"),
    ];

    internal static byte NumberOf(InteractionType type)
    {
        for (byte number = 1; number < s_byNumber.Length; number++)
        {
            if (s_byNumber[number] == type)
                return number;
        }
        return Spelled;
    }

    /// <summary>The type of a number, or the one whose name follows.</summary>
    internal static InteractionType Read(int number, ref PackedReader reader)
    {
        if (number == Spelled)
            return InteractionType.TryParse(reader.Text()) ?? throw PackedReader.Damaged();
        return number < s_byNumber.Length ? s_byNumber[number] : throw PackedReader.Damaged();
    }
}
