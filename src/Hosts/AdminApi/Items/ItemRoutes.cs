using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Items;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Items;

/// <summary>The catalogue, and what goes with an item.</summary>
internal static class ItemRoutes
{
    internal static async Task<ItemDocument> GetAsync(HttpContext context, string id, IMediator mediator, CancellationToken cancellationToken)
    {
        var item = PathIds.Item(context, id);
        var found = await mediator.Send(new FindItems([item]), cancellationToken);
        return found.Items is [var known] ? ItemDocument.From(known) : throw ApiProblem.Missing($"The catalogue has no item '{item}'.");
    }

    internal static async Task<ListDocument> SimilarAsync(
        HttpContext context, string id, int? n, IMediator mediator, CancellationToken cancellationToken)
    {
        var item = PathIds.Item(context, id);
        return ListDocument.From(await mediator.Send(new SimilarItems(item, n ?? RankedItems.DefaultShown), cancellationToken), item);
    }

    internal static async Task<ListDocument> PopularAsync(
        int? n, string[]? exclude, string? category, IMediator mediator, CancellationToken cancellationToken) =>
        ListDocument.From(await mediator.Send(
            new PopularItems(n ?? RankedItems.DefaultShown, ListFilters.From(exclude, category)), cancellationToken));
}

/// <summary>An item of the catalogue.</summary>
internal sealed record ItemDocument(string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available)
{
    internal static ItemDocument From(CatalogItem item) => new(item.ItemId.Value, item.Title, item.Categories, item.Available);
}
