using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Experiments;

/// <summary>
/// The experiments that run, for those who serve lists: read anew every ten seconds, by one request while the others go
/// on with what is known. An experiment takes effect once the models of its variants are in memory.
/// </summary>
internal sealed class RunningExperiments(
    IEnumerable<IExperimentStore> stores, TimeProvider time, ILogger<RunningExperiments> logger)
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(10);

    private readonly IExperimentStore? _store = stores.LastOrDefault();
    private volatile Snapshot _known = new([], ReadAt: null);
    private int _isReading;

    /// <summary>The variant of a user's lists of a scenario; null if the user takes part in no experiment.</summary>
    /// <param name="scenario">Which lists.</param>
    /// <param name="user">Whose.</param>
    /// <param name="ranker">Loads the models of variants.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async ValueTask<(Experiment Experiment, AssignedVariant Variant)?> FindAsync(
        string scenario, UserId user, IRanker ranker, CancellationToken cancellationToken)
    {
        if (_store is null)
            return null;
        if (_known.ReadAt is not { } at || time.GetElapsedTime(at) >= s_age)
            await ReadAsync(_store, ranker, cancellationToken);
        foreach (var experiment in _known.Experiments)
        {
            if (string.Equals(experiment.Scenario, scenario, StringComparison.Ordinal)
                && experiment.VariantOf(user) is { } variant)
                return (experiment, variant);
        }
        return null;
    }

    private async Task ReadAsync(IExperimentStore store, IRanker ranker, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
            return;
        try
        {
            var all = await store.ListAsync(cancellationToken);
            var running = all.Where(one => one.State == ExperimentState.Running).ToList();
            var loaded = ModelsOf(_known.Experiments).ToHashSet();
            foreach (var model in ModelsOf(running).Where(model => !loaded.Contains(model)).ToList())
            {
                var ready = await ranker.RankAsync(new RankUsers([], model, time.GetUtcNow()), cancellationToken);
                if (ready.Model == model)
                    continue;
                foreach (var experiment in running.Where(one => ModelsOf([one]).Contains(model)))
                    logger.LogWarning(
                        "Experiment {Experiment} is not taken up: what ranks here can't rank with model {Model}",
                        experiment.Name.Value,
                        model.Value);
                running.RemoveAll(one => ModelsOf([one]).Contains(model));
            }
            _known = new Snapshot(running, time.GetTimestamp());
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            logger.LogWarning("The experiments of before go on, since they can't be read: {Problem}", problem.Message);
            _known = _known with { ReadAt = time.GetTimestamp() };
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private static IEnumerable<ModelVersion> ModelsOf(IEnumerable<Experiment> experiments) =>
        experiments.SelectMany(one => one.Variants).Select(variant => variant.Model).OfType<ModelVersion>().Distinct();

    private sealed record Snapshot(IReadOnlyList<Experiment> Experiments, long? ReadAt);
}
