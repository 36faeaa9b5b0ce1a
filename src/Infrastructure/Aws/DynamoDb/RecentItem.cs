using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A recent interaction as a small map: <c>i</c> item, <c>a</c> milliseconds since 1970, <c>t</c> type (absent for a
/// view; a capital letter for the other well-known ones, since types are lower-case), <c>k</c> event key (absent for
/// 0), <c>v</c> value (absent for none). A profile holds 50 of them and is billed by the kilobyte.
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

    /// <summary>Writes the attribute that holds them all; none where there are none.</summary>
    internal static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<RecentInteraction> recents)
    {
        if (recents.Count == 0)
            return;
        writer.StartList(name);
        foreach (var recent in recents)
            Write(writer, recent);
        writer.EndList();
    }

    internal static List<RecentInteraction> Read(ref ItemReader item, string name)
    {
        var recents = new List<RecentInteraction>(50);
        item.EnterList(name, "a list of maps");
        while (item.NextElement(name, "a list of maps"))
        {
            recents.Add(Read(ref item));
            item.Leave();
        }
        return recents;
    }

    private static void Write(Utf8JsonWriter writer, RecentInteraction recent)
    {
        writer.StartMap();
        writer.Text("i", recent.ItemId.Value);
        writer.Number("a", recent.At.ToUnixTimeMilliseconds());
        if (recent.Type != InteractionType.View)
            writer.Text("t", s_codes.GetValueOrDefault(recent.Type) ?? recent.Type.Value);
        if (recent.EventKey != 0)
        {
            Span<byte> key = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(key, recent.EventKey);
            writer.Bytes("k", key);
        }
        if (recent.Value is { } value)
            writer.Number("v", value, isStorable: AttributeWriter.IsStorable(value));
        writer.EndMap();
    }

    private static RecentInteraction Read(ref ItemReader item)
    {
        string? id = null;
        long? at = null;
        var key = 0UL;
        double? value = null;
        var type = InteractionType.View;
        while (item.Next())
        {
            if (item.Is("i"u8))
                id = item.Text("i");
            else if (item.Is("a"u8))
                at = item.Number("a");
            else if (item.Is("t"u8))
                type = TypeOf(item.Text("t"));
            else if (item.Is("k"u8))
                key = item.Bytes("k") is { Length: sizeof(ulong) } bytes
                    ? BinaryPrimitives.ReadUInt64BigEndian(bytes)
                    : 0;
            else if (item.Is("v"u8))
                value = ValueOf(item.NumberOrText("v")) ?? throw item.Damaged("v", "a number");
            else
                item.Skip();
        }
        return new RecentInteraction(
            DateTimeOffset.FromUnixTimeMilliseconds(at ?? throw item.Damaged("a", "a whole number")), key,
            ItemId.FromStored(id ?? throw item.Damaged("i", "a text")), type, value);
    }

    private static double? ValueOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    private static InteractionType TypeOf(string text) =>
        s_types.TryGetValue(text, out var known) ? known : InteractionType.Parse(text);
}
