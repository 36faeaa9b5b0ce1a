using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A piece of a history as a table item: the packed form in one attribute, since nothing asks for a part of it.
/// </summary>
internal static class HistoryItem
{
    /// <summary>How many pieces there are; absent where there is one.</summary>
    internal const string Pieces = "pieces";

    private const string Body = "body";

    /// <summary>Divides the key of a history from the number of a piece after the first.</summary>
    private const char Divider = '+';

    internal static ItemKey KeyOf(HistoryName name, int piece = 0) =>
        new(name.UserId.Value, KindOf(name.Key, piece));

    /// <summary>The history that an item of a kind is a piece of.</summary>
    /// <exception cref="FormatException">The kind is none of a history.</exception>
    internal static HistoryKey HistoryOf(string kind) => Parse(kind).Key;

    /// <summary>Writes the attributes.</summary>
    internal static void Write(Utf8JsonWriter writer, HistoryPiece piece)
    {
        writer.Text(ProfileTable.UserId, piece.Name.UserId.Value);
        writer.Text(ProfileTable.Kind, KindOf(piece.Name.Key, piece.Number));
        writer.Number(ProfileTable.Format, piece.IsWhole ? ItemFormat.Current : ItemFormat.PiecedHistory);
        if (piece.Count > 1)
            writer.Number(Pieces, piece.Count);
        writer.Bytes(Body, piece.Body.Span);
    }

    /// <exception cref="StoredFormatException">The item is of another format, or damaged.</exception>
    internal static HistoryPiece Read(ref ItemReader item)
    {
        string? user = null, kind = null;
        long? format = null;
        var pieces = 1L;
        byte[]? body = null;
        while (item.Next())
        {
            if (item.Is("userId"u8))
                user = item.Text(ProfileTable.UserId);
            else if (item.Is("kind"u8))
                kind = item.Text(ProfileTable.Kind);
            else if (item.Is("format"u8))
                format = item.Number(ProfileTable.Format);
            else if (item.Is("pieces"u8))
                pieces = item.Number(Pieces);
            else if (item.Is("body"u8))
                body = item.Bytes(Body);
            else
                item.Skip();
        }
        ItemFormat.Require(format, user, ItemFormat.PiecedHistory);
        try
        {
            var (key, number) = Parse(kind ?? "");
            return new HistoryPiece(
                new(UserId.FromStored(user ?? throw item.Damaged(ProfileTable.UserId, "a text")), key),
                number,
                (int)pieces,
                body ?? throw item.Damaged(Body, "bytes")
            );
        }
        catch (FormatException problem)
        {
            throw new StoredFormatException($"The item '{user}' / '{kind}' can't be read: {problem.Message}", problem);
        }
    }

    private static string KindOf(HistoryKey key, int piece) => piece == 0
        ? ProfileTable.HistoryPrefix + key.Value
        : string.Create(CultureInfo.InvariantCulture, $"{ProfileTable.HistoryPrefix}{key.Value}{Divider}{piece}");

    private static (HistoryKey Key, int Piece) Parse(string kind)
    {
        var parts = kind[Math.Min(ProfileTable.HistoryPrefix.Length, kind.Length)..].Split(Divider);
        return parts.Length switch
        {
            1 => (HistoryKey.Parse(parts[0]), 0),
            2 when int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var piece) =>
                (HistoryKey.Parse(parts[0]), piece),
            _ => throw new FormatException($"'{kind}' is no kind of a history."),
        };
    }
}
