using Recommendation.Application.Erasures;
using Recommendation.Application.Experiments;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Local.InMemory;

/// <summary>Experiments in memory.</summary>
internal sealed class MemoryExperimentStore : IExperimentStore, IErasable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ExperimentName, Experiment> _experiments = [];

    public Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<Experiment>>(() => [.. _experiments.Values], cancellationToken);

    public Task<Experiment?> SaveAsync(Experiment experiment, CancellationToken cancellationToken) =>
        _gate.Do(
            () => ExperimentConflict.IsWith(experiment, [.. _experiments.Values])
                ? null
                : _experiments[experiment.Name] = experiment with { Version = experiment.Version + 1 },
            cancellationToken
        );

    public string Place => PersonalDataPlaces.Experiments;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var named = _experiments.Values.Where(one => one.Overrides.ContainsKey(work.User)).ToList();
                foreach (var one in named)
                    _experiments[one.Name] = ExperimentConflict.Without(
                        one, work.User) with
                    { Version = one.Version + 1 };
                return new ErasedPart(named.Count);
            },
            cancellationToken
        );
}
