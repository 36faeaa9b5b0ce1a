using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Experiments;

/// <summary>Whether an experiment may be stored beside the others.</summary>
public static class ExperimentConflict
{
    /// <param name="experiment">The experiment to be stored.</param>
    /// <param name="stored">What is stored.</param>
    /// <returns>
    /// Whether another version of it is stored, or it is new and a running experiment has users of its part of the
    /// layer.
    /// </returns>
    public static bool IsWith(Experiment experiment, IReadOnlyList<Experiment> stored)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(stored);
        if ((stored.FirstOrDefault(one => one.Name == experiment.Name)?.Version ?? 0) != experiment.Version)
            return true;
        return experiment.Version == 0 && stored.Any(one =>
            one.State == ExperimentState.Running
            && (one.Layer == experiment.Layer
                ? one.Slot.From < experiment.Slot.To && experiment.Slot.From < one.Slot.To
                : string.Equals(one.Scenario, experiment.Scenario, StringComparison.Ordinal)));
    }

    /// <summary>The experiment without the variant that was set for a user.</summary>
    public static Experiment Without(Experiment experiment, UserId user)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment with
        {
            Overrides = experiment.Overrides.Where(one => one.Key != user)
                .ToDictionary(one => one.Key, one => one.Value),
        };
    }
}
