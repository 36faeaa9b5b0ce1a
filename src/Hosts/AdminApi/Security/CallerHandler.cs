using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>One way of finding out who a caller is. What it does not accept is answered as a problem.</summary>
internal abstract class CallerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Who calls; a problem if the caller is not accepted, and neither if the request does not say.</summary>
    protected abstract (Caller? Caller, ApiProblem? Problem) Identify();

    /// <summary>What a caller is told who has to say who it is.</summary>
    protected abstract ApiProblem Unidentified();

    protected sealed override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Identify() switch
        {
            ({ } caller, _) => AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, Scheme.Name)), Scheme.Name)),
            (_, { } problem) => AuthenticateResult.Fail(problem),
            _ => AuthenticateResult.NoResult(),
        });

    protected sealed override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        throw (await HandleAuthenticateOnceSafeAsync()).Failure as ApiProblem ?? Unidentified();

    protected sealed override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()!.Metadata.GetRequiredMetadata<NeededRole>().Role;
        throw new ApiProblem(
            StatusCodes.Status403Forbidden,
            "role-needed",
            $"This needs the role {needed.ToString().ToLowerInvariant()}, and the caller has the role "
                + $"{Caller.Of(Context).Role.ToString().ToLowerInvariant()}.");
    }
}
