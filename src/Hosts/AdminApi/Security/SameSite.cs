using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>
/// While the machine itself is the key, a page of another site must not use it: neither by a name that resolves to
/// loopback (DNS rebinding), nor by sending what a browser sends without asking.
/// </summary>
internal sealed class SameSite(RequestDelegate next, KeyRing keys, AdminApiOptions options)
{
    // What a proxy adds. Its own connection is from this machine, but whoever it speaks for need not be.
    private static readonly string[] s_forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!options.IsBehindAuthorizer && NeededRole.Of(context) != Role.Browser && !keys.IsRequired)
            Require(context);
        return next(context);
    }

    private static void Require(HttpContext context)
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
