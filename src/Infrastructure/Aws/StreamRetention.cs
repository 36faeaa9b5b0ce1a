using System.Globalization;

namespace Recommendation.Aws;

/// <summary>How long the stream can deliver a record again; <c>STREAM_RETENTION_HOURS</c>.</summary>
public static class StreamRetention
{
    // Longer than a stream keeps records by default: a mark that is kept too long costs bytes, one dropped too early counts twice.
    private static readonly TimeSpan s_default = TimeSpan.FromDays(7);

    /// <param name="setting">Gives a setting by its name.</param>
    /// <returns>Seven days where it is not set.</returns>
    /// <exception cref="FormatException">The setting is no retention that a stream can have; the message says so.</exception>
    public static TimeSpan From(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting("STREAM_RETENTION_HOURS") is not { Length: > 0 } text)
            return s_default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 24 and <= 8760
            ? TimeSpan.FromHours(hours)
            : throw new FormatException($"STREAM_RETENTION_HOURS is '{text}'; give the stream's retention, 24–8760.");
    }
}
