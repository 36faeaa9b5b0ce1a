using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>Whoever sits at this machine, while there are no keys.</summary>
internal sealed class LocalHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : CallerHandler(options, logger, encoder)
{
    internal const string Name = "local";

    protected override (Caller? Caller, ApiProblem? Problem) Identify() => (Caller.Local, null);

    protected override ApiProblem Unidentified() => throw new InvalidOperationException("This machine is known.");
}

/// <summary>Callers with a key: <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyHandler(
    KeyRing keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : CallerHandler(options, logger, encoder)
{
    internal const string Name = "key";

    /// <summary>Says what the key may do, so that a page need not offer what it may not.</summary>
    private const string RoleHeader = "Recommendation-Role";

    private const string Bearer = "Bearer ";

    protected override (Caller? Caller, ApiProblem? Problem) Identify()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || keys.Find(header[Bearer.Length..].Trim()) is not { } key)
            return default;
        Response.Headers[RoleHeader] = key.Role.ToString().ToLowerInvariant();
        return (new Caller(key.Id, key.Role), null);
    }

    protected override ApiProblem Unidentified() =>
        new(
            StatusCodes.Status401Unauthorized, "key-needed",
            "Send a key as 'Authorization: Bearer KEY'; `recommend keys create` makes one.")
        {
            Challenge = "Bearer",
        };
}

/// <summary>
/// Pages with a browser key, which is public. It comes in the address, since a beacon has no headers, and from a page
/// of one of its origins: browsers say which, and no page can say another.
/// </summary>
internal sealed class BrowserKeyHandler(
    KeyRing keys, AdminApiOptions api,
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : CallerHandler(options, logger, encoder)
{
    internal const string Name = "browser";
    private const string Parameter = "key";

    protected override (Caller? Caller, ApiProblem? Problem) Identify()
    {
        var key = Request.Query[Parameter].ToString();
        if (api.IsBehindAuthorizer || key.Length == 0 || keys.Find(key) is not { } given)
            return default;
        var isOfOrigin = given.Role != Role.Browser
            || given.Origins?.Contains(Request.Headers.Origin.ToString(), StringComparer.Ordinal) == true;
        return isOfOrigin
            ? (new Caller(given.Id, given.Role), null)
            : (null, new ApiProblem(
                StatusCodes.Status403Forbidden, "wrong-origin",
                "This key is for pages of the origins that it was created with, and the request comes from another."));
    }

    protected override ApiProblem Unidentified() =>
        new(
            StatusCodes.Status401Unauthorized, "key-needed",
            $"Send a key of the role browser as ?{Parameter}=KEY; `recommend keys create --role browser --origin "
                + "https://shop.example` makes one, on one machine.");
}

/// <summary>Callers whom an authorizer in front has identified by IAM.</summary>
internal sealed class IamHandler(
    AdminApiOptions api,
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : CallerHandler(options, logger, encoder)
{
    internal const string Name = "iam";

    protected override (Caller? Caller, ApiProblem? Problem) Identify()
    {
        var signer = Context.User;
        // Whom IAM knows is nobody here until the list says so.
        Context.User = new ClaimsPrincipal(new ClaimsIdentity());
        return api.IamCallers.Of(signer);
    }

    protected override ApiProblem Unidentified() =>
        throw new InvalidOperationException("A caller is named or refused by name.");
}
