using Recommendation.Application.Erasures;
using Recommendation.Application.Experiments;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>experiments/experiments.json</c>: all experiments in one object, since one is stored only if it fits beside the
/// others.
/// </summary>
internal sealed class S3ExperimentStore(Bucket bucket) : IExperimentStore, IErasable
{
    internal const string Key = "experiments/experiments.json";

    public async Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Experiments;

    public async Task<Experiment?> SaveAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        while (true)
        {
            var (experiments, stored) = await ReadAsync(cancellationToken);
            if (ExperimentConflict.IsWith(experiment, experiments))
                return null;
            var saved = experiment with { Version = experiment.Version + 1 };
            if (await PutAsync([.. experiments.Where(one => one.Name != saved.Name), saved], stored, cancellationToken))
                return saved;
        }
    }

    public string Place => PersonalDataPlaces.Experiments;

    /// <summary>Only the variants that somebody set for users name them.</summary>
    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        while (true)
        {
            var (experiments, stored) = await ReadAsync(cancellationToken);
            if (stored is null)
                return new ErasedPart(0);
            var named = experiments.Where(one => one.Overrides.ContainsKey(work.User)).ToList();
            var changed = named.Select(one => ExperimentConflict.Without(one, work.User) with
            {
                Version = one.Version + 1,
            });
            if (named.Count > 0
                && !await PutAsync([.. experiments.Except(named), .. changed], stored, cancellationToken))
                continue;
            // Also if an earlier attempt ended between the two.
            await new ObjectVersions(bucket).RemoveEarlierAsync(Key, cancellationToken);
            return new ErasedPart(named.Count);
        }
    }

    private async Task<(IReadOnlyList<Experiment> Experiments, StoredObject? Stored)> ReadAsync(
        CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(Key, cancellationToken) is not { } stored)
            return ([], null);
        var document = S3Json.Read(stored.Body, S3Json.Default.ExperimentsDocument, Key);
        return ([.. document.Experiments.Select(one => one.ToExperiment()).OrderBy(one => one.Name)], stored);
    }

    /// <returns>Whether nobody else stored something in between.</returns>
    private async Task<bool> PutAsync(
        IReadOnlyList<Experiment> experiments, StoredObject? known, CancellationToken cancellationToken)
    {
        var document = new ExperimentsDocument(
            S3Json.Format, [.. experiments.OrderBy(one => one.Name).Select(ExperimentDocument.From)]);
        var body = S3Json.Write(document, S3Json.Default.ExperimentsDocument);
        return await bucket.PutAsync(Key, body, PutCondition.Unchanged(known), cancellationToken) is not null;
    }
}

/// <summary>All experiments.</summary>
internal sealed record ExperimentsDocument(int FormatVersion, IReadOnlyList<ExperimentDocument> Experiments)
    : IStoredDocument;
