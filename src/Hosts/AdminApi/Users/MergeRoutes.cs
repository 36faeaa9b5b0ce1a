using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

/// <summary>Merges anonymous ids into users.</summary>
internal static class MergeRoutes
{
    internal static async Task<MergedUserDocument> PostAsync(
        HttpContext context, string id, MergeBody body, IMediator mediator, IProfileFollower follower,
        CancellationToken cancellationToken)
    {
        var (anonymous, user) = (PathIds.User(context, id), PathIds.Read(UserId.Parse, body.UserId));
        Idempotency.IsAbout(context, [anonymous, user]);
        // What came before the login is in the first list after it.
        await follower.FollowedAsync(anonymous, cancellationToken);
        return MergedUserDocument.From(await mediator.Send(new MergeUsers(anonymous, user), cancellationToken));
    }
}

/// <summary>Whom an anonymous id belongs to.</summary>
/// <param name="UserId">The user.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MergeBody(string UserId);
