using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Users;

/// <summary>What is known of a user, and what to offer.</summary>
internal static class UserRoutes
{
    internal static async Task<UserDocument> GetAsync(HttpContext context, string id, IMediator mediator, CancellationToken cancellationToken) =>
        UserDocument.From(await mediator.Send(new ShowUser(PathIds.User(context, id)), cancellationToken));

    internal static async Task<ListDocument> RecommendAsync(
        HttpContext context, string id, int? n, string[]? exclude, string? category, bool? explain,
        IMediator mediator, IProfileFollower follower, CancellationToken cancellationToken)
    {
        var user = PathIds.User(context, id);
        await follower.FollowedAsync(user, cancellationToken);
        var list = await mediator.Send(
            new Recommend(user, n ?? RankedItems.DefaultShown, ListFilters.From(exclude, category), AlwaysAnswer: true), cancellationToken);
        return ListDocument.From(list, explain: explain ?? true);
    }
}
