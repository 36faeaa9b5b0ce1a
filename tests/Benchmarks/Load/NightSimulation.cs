namespace Recommendation.Benchmarks.Load;

/// <summary>The nightly run: segments of users, of which so many are ranked at once.</summary>
internal static class NightSimulation
{
    private const double Spread = 0.2;

    /// <returns>How many hours the run takes.</returns>
    public static double Hours(long segments, int atOnce, double secondsOfSegment, int seed)
    {
        var random = new Random(seed);
        var free = new PriorityQueue<int, double>();
        for (var child = 0; child < atOnce; child++)
            free.Enqueue(child, 0);
        var end = 0d;
        for (var segment = 0L; segment < segments; segment++)
        {
            free.TryDequeue(out var child, out var at);
            at += secondsOfSegment * (1 + (Spread * ((2 * random.NextDouble()) - 1)));
            free.Enqueue(child, at);
            end = Math.Max(end, at);
        }
        return end / 3600;
    }
}
