using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>Lets the profiles follow the log.</summary>
internal interface IProfileFollower
{
    /// <summary>How many users have events that their profiles do not hold yet, as far as this process knows.</summary>
    int Pending { get; }

    /// <summary>Tells that events of these users are in the log.</summary>
    void Appended(IEnumerable<UserId> users);

    /// <summary>
    /// Waits until what this process appended for the user is in the profile, but not longer than a moment.
    /// </summary>
    ValueTask FollowedAsync(UserId user, CancellationToken cancellationToken);
}

/// <summary>Where the stream's function lets the profiles follow.</summary>
internal sealed class ExternalProfileFollower : IProfileFollower
{
    public int Pending => 0;

    public void Appended(IEnumerable<UserId> users)
    {
    }

    public ValueTask FollowedAsync(UserId user, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
