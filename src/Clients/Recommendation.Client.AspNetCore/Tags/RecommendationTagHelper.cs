using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore;

/// <summary>
/// A list in a page, with the attributes by which <c>recommendation.js</c> reports impressions and clicks:
/// <c>&lt;recommendation scenario="home"&gt;&lt;h2&gt;For you&lt;/h2&gt;&lt;/recommendation&gt;</c>.
/// What is inside stands before the items. Without items nothing is rendered, the heading neither.
/// </summary>
[HtmlTargetElement("recommendation", Attributes = "scenario")]
[HtmlTargetElement("recommendation", Attributes = "list")]
public sealed class RecommendationTagHelper : TagHelper
{
    private static readonly char[] s_separators = [',', ' '];

    private readonly PageLists _lists;
    private readonly IHtmlHelper _html;
    private readonly ItemCards _cards;

    /// <summary>Use <see cref="PageServices.AddRecommendationPages"/>.</summary>
    public RecommendationTagHelper(PageLists lists, IHtmlHelper html, IOptions<RecommendationPageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_lists, _html) = (lists, html);
        _cards = new ItemCards(options.Value.ItemUrl);
    }

    /// <summary>The scenario of the list.</summary>
    public string? Scenario { get; set; }

    /// <summary>A list that the page has already; then no other is asked for.</summary>
    public RecommendationList? List { get; set; }

    /// <summary>How many items to show at most; by default what the scenario says.</summary>
    public int? Count { get; set; }

    /// <summary>The item that the page is about: it is not shown, and scenarios may find what goes with it.</summary>
    public string? Item { get; set; }

    /// <summary>The items of the basket.</summary>
    public IEnumerable<string>? Basket { get; set; }

    /// <summary>Items to put in order, such as the result of a search.</summary>
    public IEnumerable<string>? Candidates { get; set; }

    /// <summary>Items to leave out.</summary>
    public IEnumerable<string>? Exclude { get; set; }

    /// <summary>What conditions of the scenario know as <c>context</c>.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Context { get; set; }

    /// <summary>Fields of the catalogue to give with each item, divided by commas.</summary>
    public string Fields { get; set; } = "price,currency,imageUrl,url";

    /// <summary>A partial view that renders one <see cref="RecommendedItem"/>; by default a card.</summary>
    public string? Partial { get; set; }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var list = List ?? await _lists.FindAsync(ViewContext.HttpContext, Request());
        if (list is not { Items.Count: > 0 })
        {
            output.SuppressOutput();
            return;
        }
        var heading = await output.GetChildContentAsync();
        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("recommendation", HtmlEncoder.Default);
        if (list.RecommendationId is { } id)
            output.Attributes.SetAttribute("data-recommendation-id", id);
        output.Content.SetHtmlContent(heading);
        output.Content.AppendHtml(await ItemsAsync(list.Items));
    }

    private ListRequest Request() => new()
    {
        Scenario = Scenario,
        Basket = [.. Item is null ? [] : (string[])[Item], .. Basket ?? []],
        Candidates = Candidates?.ToList(),
        Exclude = Exclude?.ToList(),
        Context = Context,
        Fields = Fields.Split(s_separators, StringSplitOptions.RemoveEmptyEntries),
        Count = Count,
    };

    private async Task<IHtmlContent> ItemsAsync(IReadOnlyList<RecommendedItem> items)
    {
        if (Partial is not null)
            ((IViewContextAware)_html).Contextualize(ViewContext);
        var rows = new TagBuilder("ol");
        foreach (var item in items)
        {
            var row = new TagBuilder("li");
            row.Attributes["data-item-id"] = item.ItemId;
            row.InnerHtml.AppendHtml(Partial is null ? _cards.Draw(item) : await _html.PartialAsync(Partial, item));
            rows.InnerHtml.AppendHtml(row);
        }
        return rows;
    }
}
