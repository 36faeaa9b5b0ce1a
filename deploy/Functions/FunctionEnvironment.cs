using System.Globalization;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Functions;

/// <summary>The environment variables of the functions, as their hosts read them.</summary>
internal static class FunctionEnvironment
{
    internal static Dictionary<string, string> Of(StackSettings settings, Names names, UserProfiles profiles, ArtifactBucket storage)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TABLE_NAME"] = profiles.Table.TableName,
            ["BUCKET_NAME"] = storage.Bucket.BucketName,
            ["STREAM_RETENTION_HOURS"] = settings.Stream.RetentionHours.ToString(CultureInfo.InvariantCulture),
            ["METRICS_NAMESPACE"] = names.Metrics,
            ["LOG_LEVEL"] = "Information",
        };
        if (settings.Stream.PartitionKeyIsUser)
            variables["PARTITION_KEY_IS_USER"] = "true";
        if (settings.Table.ProfileDays is { } days)
            variables["PROFILE_TTL_DAYS"] = days.ToString(CultureInfo.InvariantCulture);
        return variables;
    }
}
