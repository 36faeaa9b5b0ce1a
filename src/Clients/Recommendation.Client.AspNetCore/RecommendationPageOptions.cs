using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore;

/// <summary>How pages know visitors and show lists.</summary>
public sealed class RecommendationPageOptions
{
    /// <summary>The name of the cookie with the visitor's id; default <c>recommendation.visitor</c>.</summary>
    public string CookieName { get; set; } = "recommendation.visitor";

    /// <summary>How long a browser keeps the id; default 365 days, and at most 400.</summary>
    public TimeSpan CookieLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// Whether the visitor's id may be kept. By default what <see cref="ITrackingConsentFeature"/> says, which
    /// <c>UseCookiePolicy</c> sets, and yes without it.
    /// </summary>
    public Func<HttpContext, bool> CanTrack { get; set; } = static context =>
        context.Features.Get<ITrackingConsentFeature>()?.CanTrack ?? true;

    /// <summary>
    /// The id of the user who is logged in; null for nobody. By default the claim
    /// <see cref="ClaimTypes.NameIdentifier"/> or, without it, the name.
    /// </summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = static user =>
        user.Identity is { IsAuthenticated: true } known
            ? user.FindFirstValue(ClaimTypes.NameIdentifier) ?? known.Name
            : null;

    /// <summary>How long a page waits for the API before it does without; default 1 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long pages do not ask the API again after it did not answer; default 5 s.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The key of the role browser, which is written into pages; null for pages without <c>recommendation.js</c>.
    /// </summary>
    public string? BrowserKey { get; set; }

    /// <summary>
    /// Where browsers load <c>recommendation.js</c>; null for the address at which the server calls the API.
    /// </summary>
    public Uri? ScriptAddress { get; set; }

    /// <summary>The address of an item's page; null for no link. By default the field <c>url</c>.</summary>
    public Func<RecommendedItem, string?> ItemUrl { get; set; } = static item =>
        item.Fields?.GetValueOrDefault("url")?.Value as string;
}

/// <summary>Checks the options; every problem is named at once.</summary>
internal sealed class PageOptionsRules : IValidateOptions<RecommendationPageOptions>
{
    private static readonly TimeSpan s_longestCookie = TimeSpan.FromDays(400);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RecommendationPageOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrEmpty(options.CookieName) || !options.CookieName.All(IsTokenCharacter))
            problems.Add("CookieName is empty or has characters that no cookie may have; give letters, digits, - or .");
        if (options.CookieLifetime <= TimeSpan.Zero || options.CookieLifetime > s_longestCookie)
            problems.Add($"CookieLifetime is {options.CookieLifetime}; give more than 0 and at most 400 days.");
        if (options.Patience <= TimeSpan.Zero || options.Patience > s_longestWait)
            problems.Add($"Patience is {options.Patience}; give more than 0 and at most one minute.");
        if (options.Pause < TimeSpan.Zero || options.Pause > s_longestWait)
            problems.Add($"Pause is {options.Pause}; give 0 to one minute.");
        if (options.BrowserKey is { } key && (key.Length == 0 || key.Any(one => one is <= ' ' or > '~')))
            problems.Add("BrowserKey is no key; give what `recommend keys create --role browser` printed.");
        if (options.CanTrack is null || options.UserId is null || options.ItemUrl is null)
            problems.Add("CanTrack, UserId or ItemUrl is null; leave it out for the default.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsTokenCharacter(char one) => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.';
}
