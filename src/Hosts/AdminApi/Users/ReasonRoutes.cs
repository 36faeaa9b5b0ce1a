using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Users;

/// <summary>Why an item is offered, and what would be after another event. Nothing is changed.</summary>
internal static class ReasonRoutes
{
    internal static async Task<ExplanationDocument> ExplainAsync(
        HttpContext context, string id, string item, IMediator mediator, CancellationToken cancellationToken) =>
        ExplanationDocument.From(await mediator.Send(
            new ExplainRecommendation(PathIds.User(context, id), PathIds.Item(context, item)), cancellationToken));

    internal static async Task<PreviewDocument> PreviewAsync(
        HttpContext context, string id, WhatIfBody body, IMediator mediator, CancellationToken cancellationToken) =>
        PreviewDocument.From(await mediator.Send(body.ToRequest(PathIds.User(context, id)), cancellationToken));
}

/// <summary>What would happen.</summary>
/// <param name="ItemId">With which item.</param>
/// <param name="InteractionType">What; null for <c>view</c>.</param>
/// <param name="N">How many items to show; null for 10.</param>
internal sealed record WhatIfBody(string ItemId, string? InteractionType = null, int? N = null)
{
    internal PreviewEvent ToRequest(UserId user) => new(
        user, PathIds.Read(Domain.Interactions.ItemId.Parse, ItemId),
        InteractionType is null ? Domain.Interactions.InteractionType.View : PathIds.Read(Domain.Interactions.InteractionType.Parse, InteractionType),
        N ?? RankedItems.DefaultShown);
}
