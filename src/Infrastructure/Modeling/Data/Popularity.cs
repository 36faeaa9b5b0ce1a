namespace Recommendation.Modeling.Data;

/// <summary>
/// The popularity of each item: <c>Σ_u f_ui · 2^(-age/H)</c> over the users. 1 for the most popular item, 0 for an item
/// that is disliked as much as it is liked. f_ui is the user's <see cref="ItemFeedback"/>, and the age is that of the
/// user's newest interaction with the item.
/// </summary>
internal static class Popularity
{
    public static float[] Of(TrainingEvents events, double halfLifeDays)
    {
        var sums = new double[events.Items];
        var feedback = new ItemFeedback[events.Items];
        Array.Fill(feedback, new ItemFeedback());
        var touched = new List<int>();
        for (var user = 0; user < events.Users; user++)
        {
            foreach (ref readonly var one in events.Of(user))
            {
                if (feedback[one.Item] == new ItemFeedback())
                    touched.Add(one.Item);
                feedback[one.Item].Add(one.Weight, one.Milliseconds);
            }
            foreach (var item in touched)
            {
                if (feedback[item].Weight is not 0 and var weight)
                    sums[item] +=
                        weight * Decay.Of(events.NewestMilliseconds - feedback[item].NewestMilliseconds, halfLifeDays);
                feedback[item] = new ItemFeedback();
            }
            touched.Clear();
        }
        return Normalised(sums);
    }

    /// <summary>1 for the greatest, 0 for those that are not positive.</summary>
    private static float[] Normalised(double[] sums)
    {
        var greatest = sums.Length == 0 ? 0 : sums.Max();
        return Array.ConvertAll(sums, sum => greatest > 0 && sum > 0 ? (float)(sum / greatest) : 0);
    }
}
