using System.Text;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>Whether a rejected record is about a user, also if its user could not be read.</summary>
public static class RecordContent
{
    /// <summary>
    /// Whether the record is of the user; or of nobody that could be read, and its bytes or its reason name the user. A
    /// name is found as a whole word, also with JSON escapes and in gzip. A record that is too much to be searched
    /// counts as one that does.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="user">Who is searched for.</param>
    /// <param name="maximumUnpacked">How many bytes may be unpacked; null for as many as the
    /// largest record can hold.</param>
    public static bool IsAbout(this QuarantinedRecord record, UserId user, long? maximumUnpacked = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.UserId is { } known)
            return known == user;
        return Names(record.Rejection.Message, user.Value)
            || Names(record.Raw.Span, user.Value, maximumUnpacked ?? PackedContent.MaximumUnpacked);
    }

    /// <summary>
    /// The record without what it holds of a user it is about: of an array, the events that do not name the user stay.
    /// </summary>
    /// <returns>Null if nothing is left.</returns>
    public static QuarantinedRecord? Without(this QuarantinedRecord record, UserId user)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (
            record.UserId is not null
            || Names(record.Rejection.Message, user.Value)
            || record.Raw.Span.TrimStart(" \t\r\n"u8) is not [(byte)'[', ..]
        )
            return null;
        try
        {
            using var json = JsonDocument.Parse(record.Raw);
            var kept = json.RootElement.EnumerateArray().Select(element => element.GetRawText())
                .Where(element => !NamesOpenly(Encoding.UTF8.GetBytes(element), user.Value)).ToList();
            return kept.Count == 0 ? null : record with { Raw = Encoding.UTF8.GetBytes($"[{string.Join(',', kept)}]") };
        }
        catch (JsonException)
        {
            return null; // It only looks like an array.
        }
    }

    /// <summary>Whether bytes name a user.</summary>
    public static bool Names(ReadOnlySpan<byte> bytes, UserId user) =>
        Names(bytes, user.Value, PackedContent.MaximumUnpacked);

    private static bool Names(ReadOnlySpan<byte> bytes, string user, long maximumUnpacked) =>
        NamesOpenly(bytes, user) || PackedContent.Holds(bytes, maximumUnpacked, piece => NamesOpenly(piece.Span, user));

    private static bool NamesOpenly(ReadOnlySpan<byte> bytes, string user)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return Names(text, user) || (text.Contains('\\', StringComparison.Ordinal) && Names(Unescaped(text), user));
    }

    private static bool Names(string text, string user)
    {
        for (
            var at = text.IndexOf(user, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(user, at + 1, StringComparison.Ordinal)
        )
        {
            // In an aggregated record the byte before a key is its length, which may look like a letter.
            var isBegin =
                at == 0 || !char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == Encoding.UTF8.GetByteCount(user);
            var end = at + user.Length;
            if (isBegin && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }

    /// <summary>The text with the escapes of JSON strings replaced; what is no escape stays.</summary>
    private static string Unescaped(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                result.Append(text[i]);
            else if (
                text[i + 1] == 'u'
                && i + 5 < text.Length
                && ushort.TryParse(
                    text.AsSpan(i + 2, 4),
                    System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var code
                )
            )
                (_, i) = (result.Append((char)code), i + 5);
            else
                result.Append(text[++i] is 'n' or 'r' or 't' or 'b' or 'f' ? ' ' : text[i]);
        }
        return result.ToString();
    }
}
