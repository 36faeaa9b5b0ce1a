using System.Buffers;
using System.Buffers.Binary;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Scores, sources and reasons of a list's items in bytes. First the form: 1 where each score is a float, which holds
/// the six digits of a score, 2 where one is beyond that and all are doubles. Then for each item its score,
/// little-endian, a byte that holds the number of reasons (two bits) and above it the item's source and 1, or 0 if it
/// is that of the list; and each reason as its place among the list's distinct reasons, seven bits a byte.
/// </summary>
internal static class ListDetails
{
    /// <summary>How many reasons of an item are stored.</summary>
    internal const int Reasons = RankedItems.StoredReasons;

    private const byte Floats = 1;
    private const byte Doubles = 2;

    /// <returns>The bytes, and the distinct reasons in the order of their places.</returns>
    internal static (byte[] Details, IReadOnlyList<string> Reasons) Write(RankedItems items)
    {
        var details = new ArrayBufferWriter<byte>(1 + (items.Count * 8));
        var places = new Dictionary<ItemId, int>();
        var form = items.All(ranked => IsFloat(ranked.Score)) ? Floats : Doubles;
        Put(details, form);
        foreach (var ranked in items)
        {
            WriteScore(details, ranked.Score.Value, form);
            var count = Math.Min(Reasons, ranked.Because.Count);
            Put(details, (byte)(count | (ranked.Source is { } source ? ((int)source + 1) << 2 : 0)));
            foreach (var reason in ranked.Because.Take(count))
            {
                places.TryAdd(reason, places.Count);
                WriteNumber(details, places[reason]);
            }
        }
        return (
            details.WrittenSpan.ToArray(),
            [.. places.OrderBy(place => place.Value).Select(place => place.Key.Value)]
        );
    }

    /// <returns>Null where the bytes are not of that many items.</returns>
    internal static List<RankedItem>? Read(List<string> ids, List<string> reasons, ReadOnlySpan<byte> details)
    {
        if (details is not [Floats or Doubles, ..])
            return null;
        var (form, items) = (details[0], new List<RankedItem>(ids.Count));
        var because = reasons.ConvertAll(ItemId.FromStored);
        details = details[1..];
        foreach (var id in ids)
        {
            if (ReadOne(ItemId.FromStored(id), because, form, ref details) is not { } item)
                return null;
            items.Add(item);
        }
        return details.IsEmpty ? items : null;
    }

    private static RankedItem? ReadOne(ItemId id, List<ItemId> reasons, byte form, ref ReadOnlySpan<byte> details)
    {
        var size = form == Floats ? sizeof(float) : sizeof(double);
        if (details.Length <= size)
            return null;
        var score =
            form == Floats
                ? BinaryPrimitives.ReadSingleLittleEndian(details)
                : BinaryPrimitives.ReadDoubleLittleEndian(details);
        var header = details[size];
        details = details[(size + 1)..];
        var because = new ItemId[header & 3];
        for (var i = 0; i < because.Length; i++)
        {
            if (ReadNumber(ref details) is not { } place || place >= reasons.Count)
                return null;
            because[i] = reasons[place];
        }
        var source = (header >> 2) - 1;
        return double.IsFinite(score) && (source < 0 || Enum.IsDefined((ListSource)source))
            ? new RankedItem(id, Score.Of(score), because) { Source = source < 0 ? null : (ListSource)source } : null;
    }

    private static bool IsFloat(Score score) =>
        float.IsFinite((float)score.Value) && Score.Of((float)score.Value) == score;

    private static void WriteScore(ArrayBufferWriter<byte> details, double score, byte form)
    {
        if (form == Floats)
        {
            BinaryPrimitives.WriteSingleLittleEndian(details.GetSpan(sizeof(float)), (float)score);
            details.Advance(sizeof(float));
            return;
        }
        BinaryPrimitives.WriteDoubleLittleEndian(details.GetSpan(sizeof(double)), score);
        details.Advance(sizeof(double));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> details, int number)
    {
        for (; number >= 0x80; number >>= 7)
            Put(details, (byte)(number | 0x80));
        Put(details, (byte)number);
    }

    private static int? ReadNumber(ref ReadOnlySpan<byte> details)
    {
        var number = 0;
        for (var i = 0; i < details.Length && i < 4; i++)
        {
            number |= (details[i] & 0x7F) << (7 * i);
            if (details[i] >= 0x80)
                continue;
            details = details[(i + 1)..];
            return number;
        }
        return null;
    }

    private static void Put(ArrayBufferWriter<byte> details, byte value)
    {
        details.GetSpan(1)[0] = value;
        details.Advance(1);
    }
}
