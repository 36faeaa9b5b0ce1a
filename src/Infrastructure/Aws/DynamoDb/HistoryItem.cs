using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>A history as a table item: the packed form in one attribute, since nothing asks for a part of it.</summary>
internal static class HistoryItem
{
    private const string Body = "body";

    internal static ItemKey KeyOf(HistoryName name) => new(name.UserId.Value, KindOf(name.Key));

    internal static string KindOf(HistoryKey key) => ProfileTable.HistoryPrefix + key.Value;

    /// <summary>Writes the attributes.</summary>
    internal static void Write(Utf8JsonWriter writer, NamedHistory history)
    {
        writer.Text(ProfileTable.UserId, history.Name.UserId.Value);
        writer.Text(ProfileTable.Kind, KindOf(history.Name.Key));
        writer.Number(ProfileTable.Format, ItemFormat.Current);
        writer.Bytes(Body, HistoryCodec.Write(history.History));
    }

    /// <exception cref="StoredFormatException">The item is of another format, or damaged.</exception>
    internal static NamedHistory Read(ref ItemReader item)
    {
        string? user = null, kind = null;
        long? format = null;
        byte[]? body = null;
        while (item.Next())
        {
            if (item.Is("userId"u8))
                user = item.Text(ProfileTable.UserId);
            else if (item.Is("kind"u8))
                kind = item.Text(ProfileTable.Kind);
            else if (item.Is("format"u8))
                format = item.Number(ProfileTable.Format);
            else if (item.Is("body"u8))
                body = item.Bytes(Body);
            else
                item.Skip();
        }
        ItemFormat.Require(format, user);
        try
        {
            var key = HistoryKey.Parse(
                (kind ?? "")[Math.Min(ProfileTable.HistoryPrefix.Length, (kind ?? "").Length)..]
            );
            var name = new HistoryName(
                UserId.FromStored(user ?? throw item.Damaged(ProfileTable.UserId, "a text")),
                key
            );
            return new NamedHistory(name, HistoryCodec.Read(body ?? throw item.Damaged(Body, "bytes")));
        }
        catch (FormatException problem)
        {
            throw new StoredFormatException($"The item '{user}' / '{kind}' can't be read: {problem.Message}", problem);
        }
    }
}
