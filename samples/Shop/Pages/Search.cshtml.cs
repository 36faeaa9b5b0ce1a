using Microsoft.AspNetCore.Mvc.RazorPages;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;
using Shop.Goods;

namespace Shop.Pages;

/// <summary>
/// The shop finds products, and the engine orders them for the visitor. If the engine is away they keep their order.
/// </summary>
internal sealed class SearchModel(Catalogue catalogue, PageLists lists) : PageModel
{
    internal string Heading { get; private set; } = "";

    internal IReadOnlyList<Product> Found { get; private set; } = [];

    internal RecommendationList? List { get; private set; }

    public async Task OnGetAsync(string? q, string? category)
    {
        Heading = category ?? (string.IsNullOrWhiteSpace(q) ? "Search" : $"“{q}”");
        Found = category is null ? catalogue.Search(q ?? "") : catalogue.InCategory(category);
        if (Found.Count == 0)
            return;
        var request = new ListRequest { Scenario = "search", Candidates = [.. Found.Select(product => product.Id)] };
        var list = await lists.FindAsync(HttpContext, request, HttpContext.RequestAborted);
        // A list that lacks products, since the engine does not know them yet, must not hide them.
        List = list?.Items.Count == Found.Count ? list : null;
    }
}
