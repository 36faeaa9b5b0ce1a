using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;
using Shop.Goods;
using Shop.Visiting;

namespace Shop.Pages;

/// <summary>The basket. What is put in or bought is sent in the background, and waits if the API is away.</summary>
internal sealed class BasketModel(Catalogue catalogue, IEventWriter events, Visitors visitors) : PageModel
{
    internal IReadOnlyList<BasketLine> Lines { get; private set; } = [];

    /// <summary>How many products were bought just now.</summary>
    internal int? Bought { get; private set; }

    public void OnGet(int? bought)
    {
        Lines = Basket.Of(HttpContext, catalogue).Lines(catalogue);
        Bought = bought;
    }

    public IActionResult OnPostAdd(string id)
    {
        if (catalogue.Find(id) is null)
            return NotFound();
        Basket.Of(HttpContext, catalogue).Add(id);
        Send("add-to-cart", id);
        return RedirectToPage();
    }

    public IActionResult OnPostRemove(string id)
    {
        Basket.Of(HttpContext, catalogue).Remove(id);
        if (catalogue.Find(id) is not null)
            Send("remove-from-cart", id);
        return RedirectToPage();
    }

    public IActionResult OnPostBuy()
    {
        var basket = Basket.Of(HttpContext, catalogue);
        var lines = basket.Lines(catalogue);
        foreach (var line in lines)
            Send("purchase", line.Product.Id, line.Total);
        basket.Clear();
        return RedirectToPage(new { bought = lines.Sum(line => line.Count) });
    }

    private void Send(string type, string item, double? amount = null) => events.Write(new RecommendationEvent
    {
        UserId = visitors.IdOf(HttpContext),
        ItemId = item,
        InteractionType = type,
        Value = amount,
        Currency = amount is null ? null : "GBP",
    });
}
