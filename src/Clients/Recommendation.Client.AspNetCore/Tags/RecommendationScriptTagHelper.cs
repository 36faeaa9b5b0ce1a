using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore;

/// <summary>
/// Loads <c>recommendation.js</c> with the visitor's id: <c>&lt;recommendation-script /&gt;</c>. It renders nothing
/// without <see cref="RecommendationPageOptions.BrowserKey"/>. Other attributes, such as <c>nonce</c>, stay.
/// </summary>
[HtmlTargetElement("recommendation-script")]
public sealed class RecommendationScriptTagHelper : TagHelper
{
    private readonly Visitors _visitors;
    private readonly RecommendationPageOptions _options;
    private readonly IOptions<RecommendationClientOptions> _client;

    /// <summary>Use <see cref="PageServices.AddRecommendationPages"/>.</summary>
    public RecommendationScriptTagHelper(
        Visitors visitors, IOptions<RecommendationPageOptions> options, IOptions<RecommendationClientOptions> client)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_visitors, _options, _client) = (visitors, options.Value, client);
    }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_options.BrowserKey is not { } key)
        {
            output.SuppressOutput();
            return;
        }
        var page = ViewContext.HttpContext;
        output.TagName = "script";
        output.TagMode = TagMode.StartTagAndEndTag;
        // The page does not wait for the script, nor for an API that is away.
        output.Attributes.SetAttribute(new TagHelperAttribute("async"));
        output.Attributes.SetAttribute("src", Address().AbsoluteUri);
        output.Attributes.SetAttribute("data-key", key);
        output.Attributes.SetAttribute("data-anonymous-id", _visitors.IdOf(page));
        // The page is this visitor's: no cache may give it to another one.
        if (!page.Response.HasStarted && page.Response.Headers.CacheControl.Count == 0)
            page.Response.Headers.CacheControl = "private";
    }

    private Uri Address()
    {
        if (_options.ScriptAddress is { } address)
            return address;
        var api = _client.Value.BaseAddress!.AbsoluteUri;
        return new Uri(api.EndsWith('/') ? $"{api}recommendation.js" : $"{api}/recommendation.js");
    }
}
