using Recommendation.Domain.Experiments;

namespace Recommendation.Application.Ports;

/// <summary>The experiments, running and ended, as versioned documents. None is ever deleted.</summary>
public interface IExperimentStore
{
    /// <summary>All experiments, by name.</summary>
    Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores an experiment if the stored version is still <see cref="Experiment.Version"/>, 0 for none, and it fits
    /// beside the others: an experiment that is new and runs takes a part of its layer that no running one has.
    /// </summary>
    /// <returns>The stored experiment, as the next version; null if another version is stored, or its part is
    /// taken.</returns>
    Task<Experiment?> SaveAsync(Experiment experiment, CancellationToken cancellationToken);
}
