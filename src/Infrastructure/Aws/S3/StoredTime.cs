using System.Globalization;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>Times in documents: ISO 8601 in UTC, to the full precision given.</summary>
internal static class StoredTime
{
    internal static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <exception cref="StoredFormatException">The text is no time.</exception>
    internal static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : throw new StoredFormatException($"A stored time is '{text}', which is none.");
}
