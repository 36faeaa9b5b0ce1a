using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>All that is remembered of a user: what is ranked from, and what must not be offered again.</summary>
/// <param name="Profile">The profile; empty for a user never seen.</param>
/// <param name="History">What lists are ranked from.</param>
/// <param name="ActedOn">What must not be offered again.</param>
public sealed record UserMemory(UserProfile Profile, UserHistory History, IActedOnItems ActedOn)
{
    public UserId UserId => Profile.UserId;
}
