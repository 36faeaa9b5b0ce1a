using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Ports;

/// <summary>Looks into artefacts: what they are, and how good their lists are.</summary>
public interface IModelEvaluator
{
    /// <summary>Takes in an artefact that was made elsewhere: reads it whole, checks it and describes it.</summary>
    /// <param name="artefact">The artefact (<c>model.tar.gz</c>), read once.</param>
    /// <exception cref="StoredFormatException">It is damaged, or of a format that this version does not
    /// know.</exception>
    Task<TrainedModel> InspectAsync(Stream artefact, CancellationToken cancellationToken);

    /// <summary>
    /// Ranks for every user, and compares with what they came to. The answer depends on the arguments alone.
    /// </summary>
    /// <param name="artefact">The artefact (<c>model.tar.gz</c>), read once.</param>
    /// <param name="users">At least one.</param>
    /// <exception cref="StoredFormatException">The artefact is damaged, or of a format that this
    /// version does not know.</exception>
    Task<ModelQuality> MeasureAsync(
        Stream artefact,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    );

    /// <summary>What share of the users' top items two models have in common, averaged over the users; 0 … 1.</summary>
    /// <param name="artefact">An artefact (<c>model.tar.gz</c>), read once.</param>
    /// <param name="other">Another one.</param>
    /// <param name="users">At least one; what they came to afterwards is not looked at.</param>
    /// <exception cref="StoredFormatException">An artefact is damaged, or of a format that this
    /// version does not know.</exception>
    Task<double> CompareAsync(
        Stream artefact,
        Stream other,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    );
}

/// <summary>A user to measure with.</summary>
/// <param name="History">What the user did until then.</param>
/// <param name="Relevant">The items that the user came to afterwards, for the first time unless repeats are allowed; at
/// least one.</param>
/// <param name="AllowRepeats">Whether items of the history may be in the list.</param>
public sealed record HeldOutUser(UserHistory History, IReadOnlyList<ItemId> Relevant, bool AllowRepeats = false)
{
    /// <summary>
    /// Every item that must not be in the list, however long ago the user had it; not used where repeats are allowed.
    /// </summary>
    public IReadOnlyCollection<ItemId> ActedOn { get; init; } = [];

    /// <summary>Who it is; null where it does not matter.</summary>
    public UserId? User { get; init; }
}
