using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>Reads the sums of feedback.</summary>
public interface IFeedbackCounts
{
    /// <summary>
    /// The sums of each user, one user after the other; at the end, without a user, those of users who were erased.
    /// </summary>
    /// <param name="from">The first day.</param>
    /// <param name="through">The last day.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<UserFeedbackSum> ReadUsersAsync(
        DateOnly from, DateOnly through, CancellationToken cancellationToken);

    /// <summary>The sums of each item over all users.</summary>
    /// <inheritdoc cref="ReadUsersAsync"/>
    IAsyncEnumerable<ItemFeedbackSum> ReadItemsAsync(
        DateOnly from, DateOnly through, CancellationToken cancellationToken);

    /// <summary>The sums of one item over all users.</summary>
    /// <param name="item">The item.</param>
    /// <inheritdoc cref="ReadUsersAsync"/>
    IAsyncEnumerable<ItemFeedbackSum> ReadItemAsync(
        ItemId item, DateOnly from, DateOnly through, CancellationToken cancellationToken) =>
        ReadItemsAsync(from, through, cancellationToken).Where(one => one.Item == item);
}

/// <param name="User">Null for users who were erased, all together.</param>
public readonly record struct UserFeedbackSum(UserId? User, FeedbackKey Key, FeedbackSum Sum);

/// <summary>A sum over all users.</summary>
public readonly record struct ItemFeedbackSum(ItemId Item, FeedbackKey Key, FeedbackSum Sum);
