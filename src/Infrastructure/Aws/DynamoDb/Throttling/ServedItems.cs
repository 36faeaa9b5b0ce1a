namespace Recommendation.Aws.DynamoDb.Throttling;

/// <summary>How many items a table served in the last seconds. Not for several threads at once.</summary>
internal sealed class ServedItems(TimeProvider time)
{
    private const int Seconds = 5;

    private readonly long _start = time.GetTimestamp();
    private readonly (long Second, int Items)[] _counts = new (long, int)[Seconds];

    internal void Add(int items)
    {
        var now = Now();
        ref var count = ref _counts[now % Seconds];
        count = count.Second == now ? (now, count.Items + items) : (now, items);
    }

    /// <summary>The mean of the last five seconds.</summary>
    internal double PerSecond()
    {
        var now = Now();
        return _counts.Sum(count => count.Second > now - Seconds ? count.Items : 0) / (double)Seconds;
    }

    private long Now() => (long)time.GetElapsedTime(_start).TotalSeconds;
}
