using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Users;

/// <summary>Why a user is offered what they are, and what would change it.</summary>
internal static class ExplainRoutes
{
    internal static async Task<ExplanationDocument> ExplainAsync(
        HttpContext context, string id, string item, IMediator mediator, CancellationToken cancellationToken) =>
        ExplanationDocument.From(await mediator.Send(
            new ExplainRecommendation(PathIds.User(context, id), PathIds.Item(context, item)), cancellationToken));

    internal static async Task<PreviewedDocument> WhatIfAsync(
        HttpContext context, string id, WhatIfBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var preview = new PreviewEvent(
            PathIds.User(context, id),
            PathIds.Read(ItemId.Parse, body.ItemId),
            PathIds.Read(InteractionType.Parse, body.InteractionType),
            body.N ?? RankedItems.DefaultShown
        );
        return PreviewedDocument.From(await mediator.Send(preview, cancellationToken));
    }
}

/// <summary>An event that might happen.</summary>
/// <param name="N">How long both lists are at most; 10 where it is absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WhatIfBody(string ItemId, string InteractionType = "view", int? N = null);
