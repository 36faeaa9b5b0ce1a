using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Finds the other ids of a person by the profiles alone, without what is remembered beyond them.</summary>
internal static class MergedIds
{
    internal static async Task<IReadOnlyList<UserId>> FindAsync(
        IProfileStore profiles, UserId user, CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(user, cancellationToken) is not { HasLinks: true } own)
            return [];
        var owner = own.MergedInto is { } into
            && await profiles.FindAsync(into, cancellationToken) is { } named
            && MergeLinks.Join(own, named) ? named : own;
        var merged = await profiles.LoadAsync(owner.MergedUsers.ToHashSet(), cancellationToken);
        return
        [
            .. owner.MergedUsers
                .Where(id => merged.TryGetValue(id, out var profile) && MergeLinks.Join(profile, owner))
                .Prepend(owner.UserId)
                .Where(id => id != user),
        ];
    }
}
