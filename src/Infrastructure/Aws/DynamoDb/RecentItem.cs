using System.Buffers.Binary;
using System.Collections.Frozen;
using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using static Recommendation.Aws.DynamoDb.Attributes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A recent interaction as a small map: <c>i</c> item, <c>a</c> milliseconds since 1970, <c>t</c> type (absent for a view; a
/// capital letter for the other well-known ones, since types are lower-case), <c>k</c> event key (absent for 0). A profile
/// holds 50 of them and is billed by the kilobyte.
/// </summary>
internal static class RecentItem
{
    private static readonly FrozenDictionary<InteractionType, string> s_codes = new Dictionary<InteractionType, string>
    {
        [InteractionType.Click] = "C",
        [InteractionType.AddToCart] = "A",
        [InteractionType.Purchase] = "P",
        [InteractionType.Like] = "L",
        [InteractionType.Dislike] = "D",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, InteractionType> s_types =
        s_codes.ToFrozenDictionary(code => code.Value, code => code.Key, StringComparer.Ordinal);

    internal static AttributeValue From(RecentInteraction recent)
    {
        var entries = new Item(4, StringComparer.Ordinal)
        {
            ["i"] = new AttributeValue(recent.ItemId.Value),
            ["a"] = Number(recent.At.ToUnixTimeMilliseconds()),
        };
        if (recent.Type != InteractionType.View)
            entries["t"] = new AttributeValue(s_codes.GetValueOrDefault(recent.Type) ?? recent.Type.Value);
        if (recent.EventKey != 0)
        {
            var key = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(key, recent.EventKey);
            entries["k"] = Bytes(key);
        }
        return Map(entries);
    }

    internal static RecentInteraction ToRecent(Item entries)
    {
        var key = entries.BytesOf("k");
        return new RecentInteraction(
            DateTimeOffset.FromUnixTimeMilliseconds(entries.Number("a")),
            key.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(key) : 0,
            ItemId.FromStored(entries.Text("i")),
            TypeOf(entries.TextOrNull("t")));
    }

    private static InteractionType TypeOf(string? text)
    {
        if (text is null)
            return InteractionType.View;
        return s_types.TryGetValue(text, out var known) ? known : InteractionType.Parse(text);
    }
}
