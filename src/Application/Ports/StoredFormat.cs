using Recommendation.Domain;

namespace Recommendation.Application.Ports;

/// <summary>Formats of stored documents.</summary>
public static class StoredFormat
{
    /// <summary>The format of documents that have not changed since the first one.</summary>
    public const int First = 1;

    /// <summary>Reads a time as documents hold it: <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    /// <exception cref="StoredFormatException">The text is no time.</exception>
    public static DateTimeOffset TimeOf(string text) =>
        Timestamps.Parse(text) ?? throw new StoredFormatException($"A stored time is '{text}', which is none.");
}
