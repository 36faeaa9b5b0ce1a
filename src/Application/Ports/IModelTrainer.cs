using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Makes a model of interactions.</summary>
public interface IModelTrainer
{
    /// <summary>
    /// Trains; the same interactions and options give the same artefact, byte for byte, on the same instruction set.
    /// </summary>
    /// <param name="interactions">The training data, in any order; read once.</param>
    /// <exception cref="RefusedException">There is too little data to train on; the message says how
    /// little.</exception>
    Task<TrainedModel> TrainAsync(
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Trains with the parameters of a measured model, without choosing any; the artefact's manifest names that model
    /// and its figures.
    /// </summary>
    /// <param name="measured">The model that chose the parameters, and its figures.</param>
    /// <param name="source">What the manifest says of where they come from.</param>
    /// <param name="interactions">The training data, in any order; read once.</param>
    /// <exception cref="RefusedException">There is too little data to train on; the message says how
    /// little.</exception>
    Task<TrainedModel> RefitAsync(
        ModelDescription measured,
        RefitSource source,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    );
}

/// <summary>How to train.</summary>
/// <param name="AsOf">The time that counts as now: ages are counted from it, and later
/// interactions are left out.</param>
/// <param name="Fast">Whether to train in one pass with fixed parameters, instead of choosing trainer and parameters on
/// held-out data.</param>
public sealed record TrainingOptions(DateTimeOffset AsOf, bool Fast = false)
{
    /// <summary>
    /// Reads the catalogue, whose content places items without interactions; null to train without content. The model
    /// does not depend on the order of the items.
    /// </summary>
    public Func<CancellationToken, IAsyncEnumerable<CatalogItem>>? Catalogue { get; init; }

    /// <summary>
    /// Whether to train from a file on disk, with memory that grows with the items, not with users or interactions.
    /// </summary>
    public bool OutOfCore { get; init; }

    /// <summary>
    /// Variants of products, whose interactions count for the main variant of each. The model ranks that one, and knows
    /// the others in histories. None by default.
    /// </summary>
    public ItemGroups Variants { get; init; } = ItemGroups.None;
}

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is being done, as a short phrase.</param>
/// <param name="Fraction">0 … 1 of the whole training.</param>
public sealed record TrainingProgress(string Stage, double Fraction);

/// <summary>
/// A trained model that is not stored yet; disposing it removes its temporary files, and those of its candidate.
/// </summary>
public sealed class TrainedModel(ModelDescription description, Stream artefact) : IAsyncDisposable
{
    /// <summary>
    /// The candidate that came in the same archive, to be measured in the model's place; null where there was none.
    /// </summary>
    public TrainedModel? Candidate { get; init; }

    public ModelDescription Description { get; } = description;

    /// <summary>The artefact (<c>model.tar.gz</c>), positioned at its beginning.</summary>
    public Stream Artefact { get; } = artefact;

    public async ValueTask DisposeAsync()
    {
        await Artefact.DisposeAsync();
        if (Candidate is not null)
            await Candidate.DisposeAsync();
    }
}
