using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Aws;
using Recommendation.Local;

namespace Recommendation.Cli.CommandLine;

/// <summary>Registers the use cases on the platform that the options name.</summary>
internal static class Platforms
{
    // Longer than a stream keeps records by default: a mark that is kept too long costs bytes, one dropped too early counts twice.
    private static readonly TimeSpan s_streamRetention = TimeSpan.FromDays(7);

    /// <returns>The partition of the log that commands absorb; null where the stream's function does.</returns>
    internal static string? AddPlatform(this IServiceCollection services, bool isAws, string folder)
    {
        var builder = services.AddRecommendation(options =>
        {
            // A command waits for its answer; the serving hosts keep the default budget.
            options.RealtimeBudget = options.FirstListBudget = TimeSpan.FromSeconds(30);
            options.LogRetention = isAws ? StreamRetention() : null;
        });
        if (!isAws)
        {
            builder.UseSqlite(folder);
            return LocalLog.Partition;
        }
        var endpoint = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ENDPOINT_NAME")) ? AwsParts.None : AwsParts.Endpoint;
        builder.UseAws(AwsParts.Table | AwsParts.Bucket | AwsParts.Stream | endpoint);
        return null;
    }

    internal static TimeSpan StreamRetention()
    {
        if (Environment.GetEnvironmentVariable("STREAM_RETENTION_HOURS") is not { Length: > 0 } text)
            return s_streamRetention;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 24 and <= 8760
            ? TimeSpan.FromHours(hours)
            : throw new UsageException($"STREAM_RETENTION_HOURS is '{text}'; give the stream's retention, 24–8760.");
    }
}
