using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Profiles;

/// <summary>What is kept of a user, with the titles of the items in it, and the stored list.</summary>
public sealed record ShowUser(UserId User) : IRequest<ShownUser>
{
    internal sealed class Handler(
        UserMemories memories, IRecommendationStore lists, IItemCatalog catalog, IUserAttributes attributes,
        TimeProvider time)
        : IRequestHandler<ShowUser, ShownUser>
    {
        public async Task<ShownUser> Handle(ShowUser request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var profile = memory.Profile;
            if (profile.IsEmpty)
                throw RefusedException.Missing($"There is no profile of user '{request.User}': never seen, or erased.");
            var list = await lists.FindAsync(request.User, cancellationToken) is { } stored
                ? await catalog.WithoutDeletedAsync(stored, time.GetUtcNow(), cancellationToken) : null;
            var items = profile
                .Recent.Select(recent => recent.ItemId)
                .Concat(list?.Items.Select(item => item.ItemId) ?? [])
                .ToHashSet();
            var titles = (await catalog.FindAsync(items, cancellationToken))
                .Values.Where(item => item.Title is not null)
                .ToDictionary(item => item.ItemId, item => item.Title!);
            return new ShownUser(profile, list, titles)
            {
                Attributes = await attributes.FindAsync(request.User, cancellationToken),
                ListIsCurrent =
                    list?.ProfileVersion == profile.Version && list.MergedVersion == memory.MergedVersion,
            };
        }
    }
}

/// <summary>A user's profile and stored list.</summary>
/// <param name="Profile">With the interactions of merged ids.</param>
/// <param name="List">Null where there is none yet.</param>
/// <param name="Titles">Of the items in both, as far as the catalogue has them.</param>
public sealed record ShownUser(
    UserProfile Profile,
    RecommendationList? List,
    IReadOnlyDictionary<ItemId, string> Titles
)
{
    /// <summary>The user's attributes by name.</summary>
    public required IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; }

    /// <summary>Whether the stored list was made from the profile as it is now.</summary>
    public bool ListIsCurrent { get; init; }
}
