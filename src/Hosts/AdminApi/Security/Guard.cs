using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>
/// Lets in who may: with a key of the route's role, as an IAM principal that has it, or, while there are no keys, from
/// this machine and no other site's page.
/// </summary>
internal sealed class Guard(RequestDelegate next, KeyRing keys, AdminApiOptions options)
{
    /// <summary>Says what the key may do, so that a page need not offer what it may not.</summary>
    private const string RoleHeader = "Recommendation-Role";

    private const string Bearer = "Bearer ";
    private const string BrowserKey = "key";

    public Task InvokeAsync(HttpContext context)
    {
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<NeededRole>();
        if (needed?.Role == Role.Browser)
            context.Features.Set(RequireBrowser(context));
        else if (options.IsBehindAuthorizer)
        {
            if (needed is not null)
                context.Features.Set(Require(options.IamCallers.Of(context.User), needed.Role));
        }
        else if (!keys.IsRequired)
            SameSite.Require(context);
        else if (needed is not null)
            Admit(context, Require(context, needed.Role));
        return next(context);
    }

    /// <summary>
    /// A browser key is public. It comes in the address, since a beacon has no headers, and from a page of one of its
    /// origins: browsers say which, and no page can say another.
    /// </summary>
    private Caller RequireBrowser(HttpContext context)
    {
        var key = context.Request.Query[BrowserKey].ToString();
        if (options.IsBehindAuthorizer || key.Length == 0 || keys.Find(key) is not { } given)
        {
            throw new ApiProblem(
                StatusCodes.Status401Unauthorized, "key-needed",
                $"Send a key of the role browser as ?{BrowserKey}=KEY; `recommend keys create --role browser --origin "
                    + "https://shop.example` makes one, on one machine.");
        }
        if (given.Role != Role.Browser)
            throw RoleNeeded(Role.Browser, given.Role);
        var origin = context.Request.Headers.Origin.ToString();
        return given.Origins?.Contains(origin, StringComparer.Ordinal) == true
            ? new Caller(given.Id, given.Role)
            : throw new ApiProblem(
                StatusCodes.Status403Forbidden, "wrong-origin",
                "This key is for pages of the origins that it was created with, and the request comes from another.");
    }

    private static void Admit(HttpContext context, Caller caller)
    {
        context.Features.Set(caller);
        context.Response.Headers[RoleHeader] = caller.Role.ToString().ToLowerInvariant();
    }

    private Caller Require(HttpContext context, Role needed)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var given = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? keys.Find(header[Bearer.Length..].Trim())
            : null;
        if (given is null)
        {
            throw new ApiProblem(
                StatusCodes.Status401Unauthorized, "key-needed",
                "Send a key as 'Authorization: Bearer KEY'; `recommend keys create` makes one.")
            { Challenge = "Bearer" };
        }
        return Require(new Caller(given.Id, given.Role), needed);
    }

    private static Caller Require(Caller caller, Role needed) =>
        caller.Role >= needed
            ? caller
            : throw RoleNeeded(needed, caller.Role);

    private static ApiProblem RoleNeeded(Role needed, Role given) =>
        new(
            StatusCodes.Status403Forbidden,
            "role-needed",
            $"This needs the role {needed.ToString().ToLowerInvariant()}, and the caller has the role "
                + $"{given.ToString().ToLowerInvariant()}."
        );
}

/// <summary>
/// While the machine itself is the key, a page of another site must not use it: neither by a name that resolves to
/// loopback (DNS rebinding), nor by sending what a browser sends without asking.
/// </summary>
internal static class SameSite
{
    // What a proxy adds. Its own connection is from this machine, but whoever it speaks for need not be.
    private static readonly string[] s_forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    internal static void Require(HttpContext context)
    {
        var request = context.Request;
        // The header says what the caller wants it to say; the connection says where the caller is.
        if (
            !Loopback.IsHere(context.Connection.RemoteIpAddress)
            || Array.Exists(s_forwarded, request.Headers.ContainsKey)
        )
        {
            throw new ApiProblem(
                StatusCodes.Status403Forbidden, "not-local",
                "Without keys this server answers to its own machine only; create one with `recommend keys create`.");
        }
        if (!Loopback.IsName(request.Host.Host))
            throw new ApiProblem(
                StatusCodes.Status421MisdirectedRequest,
                "wrong-host",
                "Without keys this server answers to localhost and 127.0.0.1 only."
            );
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
            throw Foreign();
        var origin = request.Headers[HeaderNames.Origin].ToString();
        if (
            origin.Length > 0
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        )
            throw Foreign();
    }

    private static ApiProblem Foreign() =>
        new(StatusCodes.Status403Forbidden, "foreign-page", "A page of another site may not change anything here.");
}
