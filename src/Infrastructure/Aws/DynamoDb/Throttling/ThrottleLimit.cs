namespace Recommendation.Aws.DynamoDb.Throttling;

/// <summary>For how long a call is repeated while the table throttles it.</summary>
internal sealed class ThrottleLimit(TimeProvider time, TimeSpan limit)
{
    private long _since = time.GetTimestamp();

    internal bool IsOver => time.GetElapsedTime(_since) >= limit;

    /// <summary>The table served something: it is slow, and not stuck.</summary>
    internal void Restart() => _since = time.GetTimestamp();
}
