using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recommendation.Aws;

/// <summary>How long the stream keeps records, and so can deliver one again: <c>STREAM_RETENTION_HOURS</c>.</summary>
public static class StreamRetention
{
    // Longer than a stream keeps records by default: a mark that is kept too long costs bytes, one dropped too early
    // counts twice.
    private static readonly TimeSpan s_default = TimeSpan.FromDays(7);

    /// <param name="setting">Gives a setting's text or null; null for the environment.</param>
    /// <exception cref="OptionsValidationException">The setting is no retention that a stream can have; the message
    /// says so.</exception>
    public static TimeSpan From(Func<string, string?>? setting = null)
    {
        if ((setting ?? Environment.GetEnvironmentVariable)("STREAM_RETENTION_HOURS") is not { Length: > 0 } text)
            return s_default;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && hours is >= 24 and <= 8760
            ? TimeSpan.FromHours(hours)
            : throw new OptionsValidationException(
                nameof(StreamRetention),
                typeof(AwsOptions),
                [$"STREAM_RETENTION_HOURS is '{text}'; give the stream's retention, 24–8760."]
            );
    }
}
