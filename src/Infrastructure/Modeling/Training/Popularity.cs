namespace Recommendation.Modeling.Training;

/// <summary>How popular each item is: <c>Σ w_type · 2^(-age/H)</c> over all positive interactions, 1 for the most popular item.</summary>
internal static class Popularity
{
    public static float[] Of(TrainingEvents events, double halfLifeDays)
    {
        var sums = new double[events.Items];
        foreach (var one in events.Events)
        {
            if (one.Weight > 0)
                sums[one.Item] += one.Weight * Decay.Of(events.NewestMilliseconds - one.Milliseconds, halfLifeDays);
        }
        var greatest = sums.Length == 0 ? 0 : sums.Max();
        return Array.ConvertAll(sums, sum => greatest > 0 ? (float)(sum / greatest) : 0);
    }
}
