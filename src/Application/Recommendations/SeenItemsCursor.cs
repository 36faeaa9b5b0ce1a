using System.Buffers;
using System.Buffers.Text;
using Recommendation.Application.Retrieval;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// Which items the earlier pages of a list showed, so that the next page repeats none of them. Up to <see
/// cref="MaximumItems"/> items are kept as hashes of 4 bytes: exact, whether the list was replaced meanwhile or not.
/// (Two items share a hash once in four thousand million pairs; the second is then left out.) Later pages are kept as a
/// place in the sequence of candidates, which holds for as long as the candidates before it are the same; so paging
/// goes through the whole catalogue, and the cursor stays below 6,000 characters.
/// </summary>
public sealed class SeenItemsCursor
{
    /// <summary>How many items are kept as hashes.</summary>
    public const int MaximumItems = 1500;

    private readonly HashSet<uint> _hashes;

    private SeenItemsCursor(HashSet<uint> hashes, SequencePlace? place) => (_hashes, Place) = (hashes, place);

    /// <summary>How many items are kept as hashes.</summary>
    internal int Count => _hashes.Count;

    /// <summary>Where the next page begins; null while the hashes hold every item that was shown.</summary>
    internal SequencePlace? Place { get; }

    internal bool Contains(ItemId item) => _hashes.Contains(HashOf(item));

    /// <summary>Whether a page of so many items leads beyond what hashes are kept of.</summary>
    internal static bool NeedsPlace(SeenItemsCursor? before, int count) =>
        before?.Place is not null || (before?.Count ?? 0) + count > MaximumItems;

    /// <summary>What was shown before, and a page.</summary>
    /// <param name="before">The cursor of the page; null for the first page.</param>
    /// <param name="page">The page.</param>
    public static SeenItemsCursor After(SeenItemsCursor? before, ShownList page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (NeedsPlace(before, page.Items.Count))
            return new(before?._hashes ?? [], page.End);
        return new([.. before?._hashes ?? [], .. page.Items.Select(item => HashOf(item.ItemId))], place: null);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; null if the text is not a cursor.</summary>
    public static SeenItemsCursor? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done
            && CursorCodec.TryRead(bytes.AsSpan(0, length), MaximumItems, out var hashes, out var place)
                ? new SeenItemsCursor(hashes, place) : null;
    }

    public override string ToString() => Base64Url.EncodeToString(CursorCodec.Write(_hashes, Place));

    private static uint HashOf(ItemId item) => (uint)StableHash.Of(item.Value);
}
