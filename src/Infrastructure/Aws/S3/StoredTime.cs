using System.Globalization;

namespace Recommendation.Aws.S3;

/// <summary>Times in documents: ISO 8601 in UTC, to the full precision given.</summary>
internal static class StoredTime
{
    internal static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
