using Recommendation.Application.Ports;

namespace Recommendation.Application.Models;

/// <summary>Until when models know what happened.</summary>
internal static class ModelWindows
{
    /// <summary>Where the end of the training data was not recorded, everything until the training counts as known.</summary>
    internal static DateTimeOffset KnownThrough(this ModelDescription model) => model.TrainedThrough ?? model.CreatedAt;

    /// <summary>Until when the current model knows what happened; null where there is none.</summary>
    internal static async Task<DateTimeOffset?> KnownThroughAsync(this IModelStore models, ModelPointer pointer, CancellationToken cancellationToken) =>
        pointer.Version is { } version
            ? (await models.ListAsync(cancellationToken)).FirstOrDefault(model => model.Version == version)?.KnownThrough()
            : null;
}
