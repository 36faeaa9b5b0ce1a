using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The items of a stored list, each made when it is asked for: a hundred are stored, and ten are shown. To make them
/// all was an eighth of the time of a request for a stored list. Their bytes are checked at once, so that nothing of it
/// can fail later.
/// </summary>
internal sealed class StoredItems : StoredRanking
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private readonly bool _hasSources;

    private StoredItems(byte[] bytes, int[] starts, bool hasSources) =>
        (_bytes, _starts, _hasSources) = (bytes, starts, hasSources);

    public override int Count => _starts.Length;

    public override RankedItem this[int index]
    {
        get
        {
            var blob = new BlobReader(_bytes.AsSpan(_starts[index]), ListCodec.What);
            var id = blob.Item();
            var score = Score.Of(blob.Double());
            var because = new ItemId[blob.Count()];
            for (var i = 0; i < because.Length; i++)
                because[i] = blob.Item();
            return new RankedItem(id, score, because) { Source = _hasSources ? ListCodec.SourceOf(blob.Byte()) : null };
        }
    }

    /// <exception cref="Application.Ports.StoredFormatException">They end too early, or hold what
    /// can't have been written.</exception>
    internal static StoredItems Read(ref BlobReader blob, bool hasSources)
    {
        var starts = new int[blob.Count()];
        var start = blob.At;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = blob.At - start;
            blob.SkipText();
            if (!double.IsFinite(blob.Double()))
                throw blob.Damaged();
            for (var reasons = blob.Count(); reasons > 0; reasons--)
                blob.SkipText();
            if (hasSources && !ListCodec.IsSource(blob.Byte()))
                throw blob.Damaged();
        }
        return new(blob.Since(start).ToArray(), starts, hasSources);
    }

    public override ItemId IdAt(int index)
    {
        var blob = new BlobReader(_bytes.AsSpan(_starts[index]), ListCodec.What);
        return blob.Item();
    }
}
