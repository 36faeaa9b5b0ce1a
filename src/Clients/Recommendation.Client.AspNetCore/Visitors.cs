using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Client.AspNetCore.Visits;

namespace Recommendation.Client.AspNetCore;

/// <summary>
/// The ids of visitors. A visitor who may be tracked keeps an id in a cookie that scripts can't read; otherwise each
/// page has an id of its own, and nothing is kept.
/// </summary>
public sealed class Visitors
{
    private static readonly object s_item = new();

    private readonly RecommendationPageOptions _options;
    private readonly Merges _merges;

    /// <summary>Use <see cref="PageServices.AddRecommendationPages"/>.</summary>
    public Visitors(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _options = services.GetRequiredService<IOptions<RecommendationPageOptions>>().Value;
        _merges = services.GetRequiredService<Merges>();
    }

    /// <summary>
    /// The visitor's id: the user of events and lists of this request. It is the same before and after a login, since
    /// the id is merged into the user.
    /// </summary>
    public string IdOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Begin(context).Visitor.Id;
    }

    /// <summary>
    /// Merges the visitor's id into a user, unless it was before. <see cref="PageServices.UseRecommendationVisitors"/>
    /// does so by itself for the user who is logged in.
    /// </summary>
    /// <returns>
    /// Whether both are one person now. False if the visitor may not be tracked; if the API refuses; and if it does not
    /// answer, in which case the next call tries again.
    /// </returns>
    public async Task<bool> MergeAsync(
        HttpContext context, string userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(userId);
        if (!_options.CanTrack(context))
            return false;
        var visit = Begin(context);
        if (visit.Visitor.IsOf(userId))
            return true;
        // The id is another user's: that of whoever was logged in here before.
        if (visit.Visitor.Mark is not null)
            visit.Cookie = VisitorCookie.New();
        var outcome = await _merges.RunAsync(visit.Visitor.Id, userId, cancellationToken);
        if (outcome == MergeOutcome.Refused)
        {
            visit.Cookie = VisitorCookie.New();
            outcome = await _merges.RunAsync(visit.Visitor.Id, userId, cancellationToken);
        }
        if (outcome != MergeOutcome.Failed)
            visit.Cookie = visit.Visitor.Of(userId);
        return outcome == MergeOutcome.Merged;
    }

    /// <summary>Gives the visitor a new id. Call it at a logout, after which lists must not be the user's.</summary>
    public void Renew(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Begin(context).Cookie = VisitorCookie.New();
    }

    /// <summary>The user who is logged in; null for nobody.</summary>
    internal string? UserOf(HttpContext context) =>
        _options.UserId(context.User) is { Length: > 0 } user ? user : null;

    /// <summary>Reads the cookie of a request, and writes it to the answer if it has to change.</summary>
    internal Visit Begin(HttpContext context)
    {
        if (context.Items[s_item] is Visit known)
            return known;
        var sent = context.Request.Cookies[_options.CookieName];
        var visit = new Visit(sent, _options.CanTrack(context) ? VisitorCookie.Read(sent) : null);
        context.Items[s_item] = visit;
        if (!context.Response.HasStarted)
            context.Response.OnStarting(() => WriteAsync(context, visit));
        return visit;
    }

    private Task WriteAsync(HttpContext context, Visit visit)
    {
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = _options.CookieLifetime,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        };
        // Consent may have been given or withdrawn by this very request.
        if (!_options.CanTrack(context))
        {
            cookie.MaxAge = null;
            if (visit.Sent is not null)
                context.Response.Cookies.Delete(_options.CookieName, cookie);
        }
        else if (visit.Cookie?.ToString() is { } text && !string.Equals(text, visit.Sent, StringComparison.Ordinal))
        {
            context.Response.Cookies.Append(_options.CookieName, text, cookie);
        }
        return Task.CompletedTask;
    }
}
