using Amazon.CDK.AWS.CloudWatch;
using Recommendation.Deploy.Profiles;

namespace Recommendation.Deploy.Monitoring;

/// <summary>
/// Requests that the table or its index turned away for lack of capacity. The first is the reference's, on the metric
/// that counts them.
/// </summary>
internal static class ProfileAlarms
{
    internal static IEnumerable<AlarmDefinition> Of(UserProfiles profiles)
    {
        var table = profiles.Table.TableName;
        yield return new AlarmDefinition(
            "dynamo-read-throttle",
            "The table throttles reads.",
            Measures.Dynamo("ReadThrottleEvents", "Sum", table),
            10,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "dynamo-write-throttle",
            "The table throttles writes.",
            Measures.Dynamo("WriteThrottleEvents", "Sum", table),
            10,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "index-read-throttle",
            "The index of active users throttles reads.",
            Measures.DynamoIndex("ReadThrottleEvents", "Sum", table, UserProfiles.ActiveUsers),
            10,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "index-write-throttle",
            "The index of active users throttles writes, and with it the table.",
            Measures.DynamoIndex("WriteThrottleEvents", "Sum", table, UserProfiles.ActiveUsers),
            10,
            1,
            TreatMissingData.NOT_BREACHING
        );
    }
}
