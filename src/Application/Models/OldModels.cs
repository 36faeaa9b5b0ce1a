using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// Deletes the models that nothing needs any more, so that a nightly training does not fill the disk. A failure is
/// logged: what is left over goes after the next training.
/// </summary>
internal sealed class OldModels(
    IModelStore models,
    IEnumerable<IModelDeletion> deletion,
    IEnumerable<IExperimentStore> experiments,
    RecommendationOptions options,
    ILogger<OldModels> logger
)
{
    /// <summary>How many measured candidates stay: the gate compares with so many.</summary>
    internal const int Candidates = ModelGate.Versions;

    /// <param name="published">What was just published; it stays.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task DeleteAsync(ModelVersion published, CancellationToken cancellationToken)
    {
        if (deletion.LastOrDefault() is not { } deleter)
            return;
        try
        {
            var running = experiments.LastOrDefault() is { } store ? await store.ListAsync(cancellationToken) : [];
            var pinned = running.Where(one => one.EndedAt is null)
                .SelectMany(one => one.Variants).Select(variant => variant.Model).OfType<ModelVersion>()
                .Append(published);
            var old = Of(
                await models.ListAsync(cancellationToken),
                await models.CurrentAsync(cancellationToken),
                pinned,
                options.KeptModels
            );
            foreach (var version in old)
            {
                await deleter.DeleteAsync(version, cancellationToken);
                logger.LogInformation(
                    "Model {Version} was deleted: {Kept} newer ones are kept", version, options.KeptModels);
            }
        }
        catch (StoreUnavailableException problem)
        {
            logger.LogWarning(problem, "Old models were not deleted; that is tried again after the next training");
        }
    }

    /// <summary>What nothing needs.</summary>
    /// <param name="listed">All models, newest first.</param>
    /// <param name="pointer">Which one is current. It stays with the candidate that was measured for it, and so do
    /// those that rollbacks go back to.</param>
    /// <param name="pinned">What stays, too.</param>
    /// <param name="kept">How many models stay, and how far a rollback can go back.</param>
    internal static IReadOnlyList<ModelVersion> Of(
        IReadOnlyList<ModelDescription> listed, ModelPointer pointer, IEnumerable<ModelVersion> pinned, int kept)
    {
        IEnumerable<ModelVersion?> pointed = [pointer.Version, pointer.Previous, .. pointer.Earlier];
        var stay = pinned
            .Concat(pointed.Take(kept).OfType<ModelVersion>())
            .Concat(listed.Where(model => !model.IsCandidate).Take(kept).Select(model => model.Version))
            .Concat(listed.Where(model => model.IsCandidate).Take(Candidates).Select(model => model.Version))
            .ToHashSet();
        if (pointer.Version is { } current && listed.MeasuredFor(current) is { } measured)
            stay.Add(measured.Version);
        return [.. listed.Select(model => model.Version).Where(version => !stay.Contains(version))];
    }
}
