using System.Globalization;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Functions;

/// <summary>The environment variables of the functions, as their hosts read them.</summary>
internal static class FunctionEnvironment
{
    internal static Dictionary<string, string> Of(
        StackSettings settings,
        Names names,
        UserProfiles profiles,
        ArtifactBucket storage
    )
    {
        var variables = WithoutData(settings, names);
        variables["TABLE_NAME"] = profiles.Table.TableName;
        variables["BUCKET_NAME"] = storage.Bucket.BucketName;
        if (settings.Table.IndexSplits > 1)
            variables["TABLE_INDEX_SPLITS"] = settings.Table.IndexSplits.ToString(CultureInfo.InvariantCulture);
        if (settings.Table.ProfileDays is { } days)
            variables["PROFILE_TTL_DAYS"] = days.ToString(CultureInfo.InvariantCulture);
        if (settings.Engine is { } engine)
            variables["RECOMMENDATION_SETTINGS"] = engine;
        return variables;
    }

    /// <summary>For a function that touches no data.</summary>
    internal static Dictionary<string, string> WithoutData(StackSettings settings, Names names)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STREAM_RETENTION_HOURS"] = settings.Stream.RetentionHours.ToString(CultureInfo.InvariantCulture),
            ["METRICS_NAMESPACE"] = names.Metrics,
            ["LOG_LEVEL"] = "Information",
            // 10-20 % of the time of a start goes into mapping each page of compiled code twice. The functions compile
            // their own code only, each in a virtual machine of its own; see decision 0011.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        };
        if (settings.Stream.PartitionKeyIsUser)
            variables["PARTITION_KEY_IS_USER"] = "true";
        return variables;
    }
}
