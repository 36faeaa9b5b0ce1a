using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Users;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Ports;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Scenarios;

/// <summary>Scenarios, and the lists that follow their rules.</summary>
internal static class ScenarioRoutes
{
    internal static async Task<ListDocument> RecommendAsync(
        RecommendBody body, IMediator mediator, IProfileFollower follower, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = body.ToRequest(time.GetUtcNow());
        if (request.User is { } user)
            await follower.FollowedAsync(user, cancellationToken);
        var list = await mediator.Send(request, cancellationToken);
        var fields = body.Fields is { } names ? ListFields.From(string.Join(',', names)) : null;
        return ListDocument.From(list, fields: fields) with { Scenario = request.Scenario.Value };
    }

    internal static async Task<UserListsDocument> RecommendToUsersAsync(
        RecommendUsersBody body, IMediator mediator, IProfileFollower follower, CancellationToken cancellationToken)
    {
        var request = body.ToRequest();
        var fields = body.Fields is { } names ? ListFields.From(string.Join(',', names)) : null;
        if (request.Users.Count <= RecommendForUsers.MaximumUsers)
        {
            var users = request.Users.Distinct(StringComparer.Ordinal).Select(UserId.TryParse).OfType<UserId>();
            foreach (var user in users)
                await follower.FollowedAsync(user, cancellationToken);
        }
        var made = await mediator.Send(request, cancellationToken);
        return new([.. made.Lists.Select(one => UserListDocument.From(one, fields, request.Scenario.Value))]);
    }

    internal static async Task<ScenariosDocument> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        ScenariosDocument.From(await mediator.Send(new ListScenarios(), cancellationToken));

    internal static async Task<ScenarioDocument> GetAsync(
        string name, IMediator mediator, CancellationToken cancellationToken)
    {
        var parsed = NameOf(name);
        var listed = await mediator.Send(new ListScenarios(parsed), cancellationToken);
        return listed.Versions is [{ Scenario: not null } newest, ..]
            ? ScenarioDocument.From(newest)
            : throw RefusedException.Missing($"The scenario '{parsed}' was deleted.");
    }

    internal static async Task<ScenariosDocument> VersionsAsync(
        string name, IMediator mediator, CancellationToken cancellationToken) =>
        ScenariosDocument.From(await mediator.Send(new ListScenarios(NameOf(name)), cancellationToken));

    internal static async Task<ScenarioDocument> PutAsync(
        HttpContext context, string name, string? reason, Scenario scenario, IMediator mediator,
        CancellationToken cancellationToken) =>
        ScenarioDocument.From(await mediator.Send(
            new PutScenario(NameOf(name), scenario, Caller.Of(context).Id, reason), cancellationToken));

    internal static async Task<ScenarioDocument> DeleteAsync(
        HttpContext context, string name, string? reason, IMediator mediator, CancellationToken cancellationToken) =>
        ScenarioDocument.From(await mediator.Send(
            new DeleteScenario(NameOf(name), Caller.Of(context).Id, reason), cancellationToken));

    internal static async Task<ScenarioPreviewDocument> PreviewAsync(
        string name, ScenarioPreviewBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var user = body.UserId is null ? (UserId?)null : PathIds.Read(UserId.Parse, body.UserId);
        var request = new PreviewScenario(NameOf(name), body.Scenario, user)
        {
            Basket = [.. (body.Basket ?? []).Select(id => PathIds.Read(ItemId.Parse, id))],
        };
        var preview = await mediator.Send(request, cancellationToken);
        return new(ListDocument.From(preview.Before), ListDocument.From(preview.After));
    }

    private static ScenarioName NameOf(string text) => PathIds.Read(ScenarioName.Parse, text);
}
