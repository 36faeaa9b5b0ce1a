using Recommendation.Application.Ports;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A part of a history's packed form. Nearly every history is one piece; that of a user with more than 20,000 items is
/// several, since the table takes no item above 400 KB.
/// </summary>
/// <param name="Name">The history.</param>
/// <param name="Number">Its place, from 0.</param>
/// <param name="Count">How many pieces the history has; only the first piece says so, others have 1.</param>
/// <param name="Body">The bytes.</param>
internal sealed record HistoryPiece(HistoryName Name, int Number, int Count, ReadOnlyMemory<byte> Body)
{
    private const int MaximumBytes = 100 * 1024;

    /// <summary>Whether it is all of the history.</summary>
    internal bool IsWhole => Number == 0 && Count == 1;

    /// <summary>Divides a history.</summary>
    /// <returns>One piece at least.</returns>
    internal static HistoryPiece[] Of(NamedHistory history)
    {
        var body = HistoryCodec.Write(history.History);
        var count = Math.Max(1, (body.Length + MaximumBytes - 1) / MaximumBytes);
        return
        [
            .. Enumerable.Range(0, count).Select(number => new HistoryPiece(
                history.Name,
                number,
                number == 0 ? count : 1,
                body.AsMemory(number * MaximumBytes, Math.Min(MaximumBytes, body.Length - (number * MaximumBytes)))
            )),
        ];
    }

    /// <summary>The keys of the pieces after the first.</summary>
    internal IEnumerable<ItemKey> Further() =>
        Enumerable.Range(1, Count - 1).Select(number => HistoryItem.KeyOf(Name, number));

    /// <summary>Joins the pieces of a history.</summary>
    /// <param name="pieces">All that were found.</param>
    /// <returns>Null if one is missing: the history is just being deleted.</returns>
    /// <exception cref="StoredFormatException">The history is damaged.</exception>
    internal static StoredHistory? Join(IEnumerable<HistoryPiece> pieces)
    {
        HistoryPiece[] all = [.. pieces.OrderBy(piece => piece.Number)];
        if (all[0].Number != 0 || all.Length != all[0].Count)
            return null;
        try
        {
            return HistoryCodec.Read(
                all.Length == 1 ? all[0].Body.Span : all.SelectMany(piece => piece.Body.ToArray()).ToArray());
        }
        catch (FormatException problem)
        {
            throw new StoredFormatException(
                $"The history '{all[0].Name.Key}' of '{all[0].Name.UserId}' can't be read: {problem.Message}", problem);
        }
    }
}
