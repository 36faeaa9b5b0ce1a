using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;
using Shop.Goods;

namespace Shop.Pages;

/// <summary>A product, which is viewed.</summary>
internal sealed class ProductModel(Catalogue catalogue, IEventWriter events, Visitors visitors) : PageModel
{
    internal Product Product { get; private set; } = null!;

    public IActionResult OnGet(string id)
    {
        if (catalogue.Find(id) is not { } product)
            return NotFound();
        Product = product;
        events.Write(new RecommendationEvent { UserId = visitors.IdOf(HttpContext), ItemId = product.Id });
        return Page();
    }
}
