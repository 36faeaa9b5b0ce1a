using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>One byte for the usual types of interaction. The numbers are stored: they are never used anew.</summary>
internal static class KnownTypes
{
    private const byte Spelled = 0;

    private static readonly InteractionType[] s_byNumber =
    [
        default, // spelled out
        InteractionType.View,
        InteractionType.Click,
        InteractionType.AddToCart,
        InteractionType.Purchase,
        InteractionType.Like,
        InteractionType.Dislike,
        InteractionType.Other,
    ];

    internal static void Write(BlobWriter blob, InteractionType type)
    {
        var number = Array.IndexOf(s_byNumber, type);
        if (number > 0)
        {
            blob.Byte((byte)number);
            return;
        }
        blob.Byte(Spelled);
        blob.Text(type.Value);
    }

    internal static InteractionType Read(ref BlobReader blob)
    {
        var number = blob.Byte();
        if (number == Spelled)
            return InteractionType.TryParse(blob.Text()) ?? throw blob.Damaged();
        return number < s_byNumber.Length ? s_byNumber[number] : throw blob.Damaged();
    }
}
