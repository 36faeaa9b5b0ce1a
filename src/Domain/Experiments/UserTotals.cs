using Recommendation.Domain.Statistics;

namespace Recommendation.Domain.Experiments;

/// <summary>What one user saw and did, as far as it counts.</summary>
/// <param name="Lists">Lists of which an item was on screen.</param>
/// <param name="Impressions">Items that were on screen.</param>
/// <param name="Clicks">Attributed clicks.</param>
/// <param name="Conversions">Attributed conversions.</param>
/// <param name="Revenue">Attributed revenue in one currency.</param>
public readonly record struct UserTotals(
    long Lists, long Impressions, long Clicks, long Conversions, double Revenue)
{
    public static UserTotals operator +(UserTotals left, UserTotals right) => Add(left, right);

    public static UserTotals Add(UserTotals left, UserTotals right) =>
        new(
            left.Lists + right.Lists,
            left.Impressions + right.Impressions,
            left.Clicks + right.Clicks,
            left.Conversions + right.Conversions,
            left.Revenue + right.Revenue
        );

    /// <summary>The numerator and the denominator of a metric.</summary>
    public (double X, double Y) Of(ExperimentMetric metric) => metric switch
    {
        ExperimentMetric.Ctr => (Clicks, Impressions),
        ExperimentMetric.Conversion => (Conversions, Lists),
        ExperimentMetric.Revenue => (Revenue, Lists),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
    };
}

/// <summary>The moments of every metric over the users of one variant.</summary>
public readonly record struct MetricMoments(RatioMoments Ctr, RatioMoments Conversion, RatioMoments Revenue)
{
    public long Users => Ctr.Users;

    public RatioMoments this[ExperimentMetric metric] => metric switch
    {
        ExperimentMetric.Ctr => Ctr,
        ExperimentMetric.Conversion => Conversion,
        ExperimentMetric.Revenue => Revenue,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
    };

    /// <summary>These users and one more.</summary>
    public MetricMoments With(in UserTotals user) =>
        new(
            Ctr.With(user.Clicks, user.Impressions),
            Conversion.With(user.Conversions, user.Lists),
            Revenue.With(user.Revenue, user.Lists)
        );
}
