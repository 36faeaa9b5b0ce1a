namespace Recommendation.Modeling.Data;

/// <summary>
/// The popularity of each item: <c>Σ_u f_ui · 2^(-age/H)</c> over the users. 1 for the most popular item, 0 for an item
/// that is disliked as much as it is liked. f_ui is the user's <see cref="ItemFeedback"/>, and the age is that of the
/// user's newest interaction with the item.
/// </summary>
internal sealed class Popularity(int items, long nowMilliseconds, double halfLifeDays)
{
    private readonly double[] _sums = new double[items];
    private readonly ItemFeedback[] _feedback = Empty(items);
    private readonly List<int> _touched = [];

    public static float[] Of(TrainingEvents events, double halfLifeDays)
    {
        var popularity = new Popularity(events.Items, events.NewestMilliseconds, halfLifeDays);
        popularity.Add(events);
        return popularity.Normalised();
    }

    /// <summary>Adds users; each must be complete.</summary>
    public void Add(TrainingEvents events)
    {
        for (var user = 0; user < events.Users; user++)
        {
            foreach (ref readonly var one in events.Of(user))
            {
                if (_feedback[one.Item] == new ItemFeedback())
                    _touched.Add(one.Item);
                _feedback[one.Item].Add(one.Weight, one.Milliseconds);
            }
            foreach (var item in _touched)
            {
                if (_feedback[item].Weight is not 0 and var weight)
                    _sums[item] +=
                        weight * Decay.Of(nowMilliseconds - _feedback[item].NewestMilliseconds, halfLifeDays);
                _feedback[item] = new ItemFeedback();
            }
            _touched.Clear();
        }
    }

    /// <summary>1 for the greatest, 0 for those that are not positive.</summary>
    public float[] Normalised()
    {
        var greatest = _sums.Length == 0 ? 0 : _sums.Max();
        return Array.ConvertAll(_sums, sum => greatest > 0 && sum > 0 ? (float)(sum / greatest) : 0);
    }

    private static ItemFeedback[] Empty(int items)
    {
        var feedback = new ItemFeedback[items];
        Array.Fill(feedback, new ItemFeedback());
        return feedback;
    }
}
