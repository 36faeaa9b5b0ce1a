using Recommendation.Domain.Experiments;
using Recommendation.Domain.Statistics;

namespace Recommendation.Simulator.Experiments;

/// <summary>
/// An experiment on users who come back: the lists of a user are heavy-tailed (Pareto, shape 1.8), and users differ in
/// how often they click, so that neither lists nor clicks of a user are independent.
/// </summary>
/// <param name="Users">How many users take part.</param>
/// <param name="Ctr">The mean click-through rate of the control.</param>
/// <param name="Lift">The true lift of the variant.</param>
/// <param name="TreatedShare">The share of the users who really get the variant; planned is half.</param>
public sealed record SimulatedExperiment(int Users, double Ctr, double Lift = 0, double TreatedShare = 0.5)
{
    /// <summary>Impressions of a list.</summary>
    public const int ListLength = 10;

    private const double Shape = 1.8;
    private const double ListsPerDay = 0.25;
    private const double MaximumListsPerDay = 20;

    /// <summary>Runs day by day, and shows each evening what an analyst would see.</summary>
    /// <returns>The moments of control and variant after each day.</returns>
    public IEnumerable<(MetricMoments Control, MetricMoments Treated)> Run(ulong seed, int days)
    {
        var random = new SeededRandom(seed);
        var users = new SimulatedUser[Users];
        for (var i = 0; i < users.Length; i++)
            users[i] = User(random);
        for (var day = 0; day < days; day++)
        {
            MetricMoments control = default, treated = default;
            foreach (ref var user in users.AsSpan())
            {
                user.Live(random);
                if (user.Totals.Lists == 0)
                    continue;
                if (user.IsTreated)
                    treated = treated.With(user.Totals);
                else
                    control = control.With(user.Totals);
            }
            yield return (control, treated);
        }
    }

    /// <summary>Whether an analyst who looks every evening ever sees a gain or a loss.</summary>
    public bool IsEverFound(ulong seed, int days) =>
        Run(seed, days).Any(day =>
            Domain.Statistics.Lift.Of(
                day.Control.Ctr, day.Treated.Ctr, Experiment.DefaultEffect, ExperimentResult.Level)
                is { } lift && (lift.IsGain || lift.IsLoss));

    /// <summary>Whether the test of the assignment ever says that it is skewed.</summary>
    public bool IsEverSkewed(ulong seed, int days) =>
        Run(seed, days).Any(day =>
            SampleRatioTest.IsSkewed([day.Control.Users, day.Treated.Users], [0.5, 0.5]));

    private SimulatedUser User(SeededRandom random)
    {
        var isTreated = Uniform(random) < TreatedShare;
        var lists = Math.Min(ListsPerDay * Math.Pow(Uniform(random), -1 / Shape), MaximumListsPerDay);
        // Between half and one and a half of the mean.
        var click = Ctr * (0.5 + Uniform(random));
        return new SimulatedUser(isTreated, lists, isTreated ? click * (1 + Lift) : click);
    }

    /// <summary>More than 0, less than 1.</summary>
    internal static double Uniform(SeededRandom random) => ((random.NextNumber() >> 11) + 0.5) / (1UL << 53);

    private struct SimulatedUser(bool isTreated, double listsPerDay, double click)
    {
        private readonly double _noList = Math.Exp(-listsPerDay);
        private readonly double _logNoClick = Math.Log(1 - click);

        internal bool IsTreated { get; } = isTreated;

        internal UserTotals Totals { get; private set; }

        internal void Live(SeededRandom random)
        {
            // Poisson by Knuth's product of uniforms.
            var lists = 0;
            for (var product = Uniform(random); product > _noList; product *= Uniform(random))
                lists++;
            if (lists == 0)
                return;
            // Binomial by the gaps between successes, which are geometric.
            var (impressions, clicks) = (lists * ListLength, 0);
            for (var at = Gap(random); at <= impressions; at += Gap(random))
                clicks++;
            Totals += new UserTotals(lists, impressions, clicks, Conversions: 0, Revenue: 0);
        }

        private readonly double Gap(SeededRandom random) => Math.Floor(Math.Log(Uniform(random)) / _logNoClick) + 1;
    }
}
