using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Recommendation.Client.AspNetCore;

/// <summary>Draws an item as a picture, a title and a price, within a link if it has a page.</summary>
internal sealed class ItemCards(Func<RecommendedItem, string?> urlOf)
{
    internal IHtmlContent Draw(RecommendedItem item)
    {
        var url = SafeUrl(urlOf(item));
        var card = new TagBuilder(url is null ? "span" : "a");
        card.AddCssClass("recommendation-card");
        if (url is not null)
            card.Attributes["href"] = url;
        if (SafeUrl(Field(item, "imageUrl")) is { } picture)
            card.InnerHtml.AppendHtml(Picture(picture));
        card.InnerHtml.AppendHtml(Text("recommendation-title", item.Title ?? item.ItemId));
        if (PriceOf(item) is { } price)
            card.InnerHtml.AppendHtml(Text("recommendation-price", price));
        return card;
    }

    /// <summary>The title beside it says the same, so the picture has no text.</summary>
    private static TagBuilder Picture(string address)
    {
        var picture = new TagBuilder("img") { TagRenderMode = TagRenderMode.SelfClosing };
        picture.Attributes["src"] = address;
        picture.Attributes["alt"] = "";
        picture.Attributes["loading"] = "lazy";
        return picture;
    }

    private static TagBuilder Text(string name, string text)
    {
        var span = new TagBuilder("span");
        span.AddCssClass(name);
        span.InnerHtml.Append(text);
        return span;
    }

    private static string? PriceOf(RecommendedItem item) =>
        item.Fields?.GetValueOrDefault("price")?.Value is double price
            ? $"{price.ToString("0.00", CultureInfo.InvariantCulture)} {Field(item, "currency")}".TrimEnd()
            : null;

    private static string? Field(RecommendedItem item, string name) =>
        item.Fields?.GetValueOrDefault(name)?.Value as string;

    /// <summary>
    /// The catalogue may be filled by others, so only paths and addresses of the web count: no address that runs a
    /// script, also not one with characters that browsers leave out.
    /// </summary>
    private static string? SafeUrl(string? address)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Any(one => one <= ' '))
            return null;
        var isWeb = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return isWeb || !address[..PathOf(address)].Contains(':', StringComparison.Ordinal) ? address : null;
    }

    /// <summary>Where the first part ends, which may be a scheme.</summary>
    private static int PathOf(string address) =>
        address.AsSpan().IndexOfAny('/', '?', '#') is >= 0 and var end ? end : address.Length;
}
