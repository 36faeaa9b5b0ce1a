using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>Until when models know what happened.</summary>
internal static class ModelWindows
{
    /// <summary>
    /// Where the end of the training data was not recorded, everything until the training counts as known.
    /// </summary>
    internal static DateTimeOffset KnownThrough(this ModelDescription model) => model.TrainedThrough ?? model.CreatedAt;

    /// <summary>
    /// The model that is measured in a model's place: the candidate of a refitted one, itself otherwise; null where it
    /// is not stored.
    /// </summary>
    internal static ModelDescription? MeasuredFor(this IReadOnlyList<ModelDescription> models, ModelVersion? version) =>
        models.FirstOrDefault(model => model.Version == version) is { Refit.Candidate: var candidate } refit
            ? models.FirstOrDefault(model => model.Version == candidate) ?? refit
            : models.FirstOrDefault(model => model.Version == version);

    /// <summary>
    /// Until when the model that is measured in the current one's place knows what happened; null where there is none.
    /// </summary>
    internal static async Task<DateTimeOffset?> KnownThroughAsync(
        this IModelStore models,
        ModelPointer pointer,
        CancellationToken cancellationToken
    ) =>
        pointer.Version is null
            ? null
            : (await models.ListAsync(cancellationToken)).MeasuredFor(pointer.Version)?.KnownThrough();
}
