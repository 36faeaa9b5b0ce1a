using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Users;

/// <summary>Attributes of users.</summary>
internal static class UserAttributeRoutes
{
    internal static async Task<UserAttributesDocument> GetAsync(
        HttpContext context, string id, IMediator mediator, CancellationToken cancellationToken) =>
        UserAttributesDocument.From(
            await mediator.Send(new FindUserAttributes(PathIds.User(context, id)), cancellationToken));

    internal static Task<UserAttributesDocument> PutAsync(
        HttpContext context, string id, Dictionary<string, JsonElement> attributes, IMediator mediator,
        CancellationToken cancellationToken) =>
        ChangeAsync(context, id, Read(attributes), replaces: true, mediator, cancellationToken);

    internal static Task<UserAttributesDocument> PatchAsync(
        HttpContext context, string id, Dictionary<string, JsonElement> attributes, IMediator mediator,
        CancellationToken cancellationToken) =>
        ChangeAsync(context, id, Read(attributes), replaces: false, mediator, cancellationToken);

    internal static async Task<NoContent> DeleteAsync(
        HttpContext context, string id, IMediator mediator, CancellationToken cancellationToken)
    {
        await ChangeAsync(context, id, Read([]), replaces: true, mediator, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<UserAttributesDocument> ChangeAsync(
        HttpContext context, string id, Dictionary<string, AttributeValue?> values, bool replaces, IMediator mediator,
        CancellationToken cancellationToken) =>
        UserAttributesDocument.From(await mediator.Send(
            new ChangeUserAttributes(PathIds.User(context, id), values, replaces), cancellationToken));

    private static Dictionary<string, AttributeValue?> Read(Dictionary<string, JsonElement> attributes)
    {
        var values = new Dictionary<string, AttributeValue?>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, json) in attributes)
            values[name] = AttributeJson.Read(name, json, out var value) is { } problem
                ? throw ApiProblem.Wrong(problem) : value;
        return values;
    }
}

/// <summary>The attributes of a user.</summary>
internal sealed record UserAttributesDocument(string UserId, IReadOnlyDictionary<string, JsonElement> Attributes)
{
    internal static UserAttributesDocument From(FoundUserAttributes found) =>
        new(found.User.Value, AttributeJson.ToElements(found.Attributes));
}
