using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

internal static class ProfileStoreExtensions
{
    /// <summary>Loads one profile; null where none is stored.</summary>
    internal static async Task<UserProfile?> FindAsync(
        this IProfileStore profiles,
        UserId user,
        CancellationToken cancellationToken
    ) => (await profiles.LoadAsync([user], cancellationToken)).GetValueOrDefault(user);
}
