using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Items;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Items;

/// <summary>The catalogue, and what goes with an item.</summary>
internal static class ItemRoutes
{
    internal static async Task<ItemDocument> GetAsync(
        HttpContext context,
        string id,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var item = PathIds.Item(context, id);
        var found = await mediator.Send(new FindItems([item]), cancellationToken);
        return found.Items is [var known]
            ? ItemDocument.From(known)
            : throw ApiProblem.Missing($"The catalogue has no item '{item}'.");
    }

    internal static async Task<ItemsDocument> FindAsync(
        string[]? id,
        string? q,
        string[]? attribute,
        int? n,
        string? cursor,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var isSearch = q is not null || attribute is { Length: > 0 } || n is not null || cursor is not null;
        if (id is { Length: > 0 } && isSearch)
            throw ApiProblem.Wrong("Give ids, or what to look for (q, attribute, n, cursor), not both.");
        if (id is null or { Length: 0 })
        {
            var page = await mediator.Send(
                new SearchItems(q, attribute, n ?? SearchItems.DefaultCount, Cursor.ToText(cursor)), cancellationToken);
            return new ItemsDocument([.. page.Items.Select(ItemDocument.From)], Cursor.OfText(page.Next));
        }
        var ids = id.Select(text => PathIds.Read(ItemId.Parse, text)).ToList();
        var found = await mediator.Send(new FindItems(ids), cancellationToken);
        return new ItemsDocument([.. found.Items.Select(ItemDocument.From)]);
    }

    internal static async Task<ImportedItemsDocument> PutAsync(
        IReadOnlyList<ItemBody?> items,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var changes = ChangesOf(items);
        return new ImportedItemsDocument((await mediator.Send(new PutItems(changes), cancellationToken)).Count);
    }

    internal static async Task<ItemPreviewDocument> PreviewAsync(
        IReadOnlyList<ItemBody?> items, IMediator mediator, CancellationToken cancellationToken) =>
        ItemPreviewDocument.From(await mediator.Send(new PreviewItems(ChangesOf(items)), cancellationToken));

    /// <summary>All are validated before any is stored: a request is taken whole or not at all.</summary>
    private static List<ItemChange> ChangesOf(IReadOnlyList<ItemBody?> items) =>
        items.Count is 0 or > FindItems.MaximumItems
            ? throw ApiProblem.Wrong($"Send 1–{FindItems.MaximumItems} items at once; the body holds {items.Count}.")
            : [.. items.Select((item, index) =>
                (item ?? throw ApiProblem.Wrong($"Item {index} is null.")).ToChange(index))];

    internal static async Task<ItemDocument> PatchAsync(
        HttpContext context, string id, ItemPatchBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var change = body.ToChange(PathIds.Item(context, id));
        return ItemDocument.From(await mediator.Send(new PatchItem(change), cancellationToken));
    }

    internal static async Task<NoContent> DeleteAsync(
        HttpContext context, string id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteItems([PathIds.Item(context, id)]), cancellationToken);
        return TypedResults.NoContent();
    }

    internal static async Task<ListDocument> SimilarAsync(
        HttpContext context,
        string id,
        int? n,
        string[]? exclude,
        string[]? category,
        string? by,
        string? fields,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var item = PathIds.Item(context, id);
        var (count, filter) = (n ?? RankedItems.DefaultShown, ListFilters.From(exclude, category));
        var request = new SimilarItems([item], count, filter, SimilarBody.ReadBy(by));
        var wanted = ListFields.From(fields);
        return ListDocument.From(await mediator.Send(request, cancellationToken), item, fields: wanted);
    }

    internal static async Task<ListDocument> SimilarToAllAsync(
        SimilarBody body, IMediator mediator, CancellationToken cancellationToken) =>
        ListDocument.From(await mediator.Send(body.ToRequest(), cancellationToken));

    internal static async Task<ListDocument> PopularAsync(
        int? n,
        string[]? exclude,
        string[]? category,
        string? window,
        string? fields,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var (count, filter) = (n ?? RankedItems.DefaultShown, ListFilters.From(exclude, category));
        var wanted = ListFields.From(fields);
        var list = window is null
            ? await mediator.Send(new PopularItems(count, filter), cancellationToken)
            : await mediator.Send(new PopularInWindow(window, count, filter), cancellationToken);
        return ListDocument.From(list, fields: wanted);
    }
}
