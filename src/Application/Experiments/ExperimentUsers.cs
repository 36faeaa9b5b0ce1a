using System.Runtime.CompilerServices;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Experiments;

/// <summary>What the users of an experiment did, one after the other.</summary>
internal static class ExperimentUsers
{
    /// <summary>
    /// Users who were assigned by their hash, with what their own variant's lists led to. What another variant's lists
    /// led to, and users who were given a variant by name, do not count.
    /// </summary>
    internal static async IAsyncEnumerable<ExperimentUser> ReadAsync(
        Experiment experiment, IListConfigurations configurations, IFeedbackCounts counts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var variants = (await configurations.ListAsync(cancellationToken))
            .Where(one => one.Value.Experiment == experiment.Name)
            .ToDictionary(one => one.Key, one => one.Value.Variant!.Value);
        UserId? user = null;
        var (index, days) = (-1, new SortedDictionary<DateOnly, UserTotals>());
        await foreach (var one in counts.ReadUsersAsync(DateOnly.MinValue, DateOnly.MaxValue, cancellationToken))
        {
            if (one.User is not { } owner || !variants.TryGetValue(one.Key.Configuration, out var variant))
                continue;
            if (owner != user)
            {
                if (days.Count > 0)
                    yield return new ExperimentUser(index, days);
                (user, index, days) = (owner, IndexOf(experiment, owner), []);
            }
            if (index >= 0 && experiment.Variants[index].Name == variant)
            {
                days[one.Key.Day] = days.GetValueOrDefault(one.Key.Day)
                    + FeedbackTotals.Of(one.Key, one.Sum, experiment.Currency);
            }
        }
        if (days.Count > 0)
            yield return new ExperimentUser(index, days);
    }

    private static int IndexOf(Experiment experiment, UserId user) =>
        experiment.VariantOf(user) is { IsOverride: false, Variant: { } assigned }
            ? experiment.Variants.Index().First(one => one.Item == assigned).Index : -1;
}

/// <summary>A user of an experiment.</summary>
/// <param name="Variant">The place of the variant among the experiment's.</param>
/// <param name="Days">What the user saw and did, by day.</param>
internal readonly record struct ExperimentUser(int Variant, SortedDictionary<DateOnly, UserTotals> Days);
