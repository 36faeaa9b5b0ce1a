using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// Which items the earlier pages of a list showed, 4 bytes each: so the next page repeats none of them, whether the list was
/// made anew meanwhile or not. Two items share their 4 bytes once in four thousand million pairs; the second is then left out.
/// </summary>
public sealed class ShownItems
{
    private const int BytesPerItem = sizeof(uint);

    private readonly HashSet<uint> _hashes;

    private ShownItems(HashSet<uint> hashes) => _hashes = hashes;

    internal int Count => _hashes.Count;

    internal bool Contains(ItemId item) => _hashes.Contains(HashOf(item));

    /// <summary>These and what was shown before.</summary>
    public static ShownItems Of(ShownItems? before, IEnumerable<ItemId> items) => new([.. before?._hashes ?? [], .. items.Select(HashOf)]);

    /// <summary>Reads what <see cref="ToString"/> writes; null where the text is nothing of the kind.</summary>
    public static ShownItems? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length == 0 || length % BytesPerItem != 0 || length > Recommend.MaximumCount * BytesPerItem)
            return null;
        var hashes = new HashSet<uint>();
        for (var i = 0; i < length; i += BytesPerItem)
            hashes.Add(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i)));
        return new ShownItems(hashes);
    }

    public override string ToString()
    {
        var bytes = new byte[_hashes.Count * BytesPerItem];
        foreach (var (i, hash) in _hashes.Index())
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * BytesPerItem), hash);
        return Base64Url.EncodeToString(bytes);
    }

    private static uint HashOf(ItemId item) => (uint)StableHash.Of(item.Value);
}
