using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>
/// What the count of feedback remembers: the events that may still be attributed, and the sums. Sums of users who were
/// erased stay, without the users.
/// </summary>
public interface IFeedbackStore
{
    Task<FeedbackProgress> ProgressAsync(CancellationToken cancellationToken);

    /// <summary>What is remembered of some users' items, and which of some lists have been counted.</summary>
    Task<KnownFeedback> LoadAsync(
        IReadOnlyCollection<FeedbackPair> pairs, IReadOnlyCollection<SeenListId> lists,
        CancellationToken cancellationToken);

    /// <summary>
    /// Adds events and sums and moves the progress, all or nothing, if the progress is still what it was and nobody was
    /// erased since.
    /// </summary>
    /// <returns>False if nothing was saved, since another process counted, or a user was erased.</returns>
    Task<bool> SaveAsync(FeedbackChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets all but the sums of erased users, so that the log is counted anew, under other settings.
    /// </summary>
    /// <param name="settings">The stamp of the settings under which it will be counted.</param>
    /// <param name="window">How long before an event its list may have been seen.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task ResetAsync(string settings, TimeSpan window, CancellationToken cancellationToken);
}

/// <summary>How far the log is counted.</summary>
/// <param name="Through">The last position that is counted; null for none.</param>
/// <param name="Settings">The stamp of the settings under which it was counted; empty if nothing was.</param>
/// <param name="Erasures">Changes with each erasure that begins.</param>
public sealed record FeedbackProgress(Position? Through, string Settings, long Erasures);

/// <summary>A user and an item.</summary>
public readonly record struct FeedbackPair(UserId User, ItemId Item);

/// <summary>A list that a user saw.</summary>
public readonly record struct SeenListId(UserId User, RecommendationId List);

/// <summary>What is remembered.</summary>
public sealed record KnownFeedback(IReadOnlyList<FeedbackEvent> Events, IReadOnlySet<SeenListId> Lists);

/// <summary>What a batch of the log changes.</summary>
/// <param name="Expected">The progress that it starts from.</param>
/// <param name="Through">The last position of the batch.</param>
/// <param name="Events">Events to remember.</param>
/// <param name="Lists">Lists that are counted for the first time, with the position of the impression.</param>
/// <param name="Users">What to add to the sums of users.</param>
/// <param name="Items">What to add to the sums of items; lists are not among them.</param>
public sealed record FeedbackChange(
    FeedbackProgress Expected,
    Position Through,
    IReadOnlyList<FeedbackEvent> Events,
    IReadOnlyList<(SeenListId List, Position Position)> Lists,
    IReadOnlyDictionary<(UserId User, FeedbackKey Key), FeedbackSum> Users,
    IReadOnlyDictionary<(ItemId Item, FeedbackKey Key), FeedbackSum> Items);
