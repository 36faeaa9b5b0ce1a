using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>Who asks: whose rate is limited, and whose idempotency keys these are.</summary>
internal sealed record Caller(string Id, Role Role)
{
    /// <summary>Whoever sits at this machine.</summary>
    internal static readonly Caller Local = new("local", Role.Operator);

    /// <summary>Whom the authorizer in front let through without saying who it is.</summary>
    internal static readonly Caller Authorized = new("authorized", Role.Operator);

    internal static Caller Of(HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller ?? Local;
}

/// <summary>The caller as ASP.NET Core's authentication hands it on.</summary>
internal sealed class CallerIdentity(Caller caller, string scheme)
    : ClaimsIdentity([new Claim(DefaultNameClaimType, caller.Id)], scheme)
{
    internal Caller Caller => caller;
}

/// <summary>Says on a route which role it needs, and is the requirement that authorization checks.</summary>
internal sealed class NeededRole(Role role)
    : AuthorizationHandler<NeededRole>, IAuthorizeData, IAuthorizationRequirement, IAuthorizationRequirementData
{
    internal Role Role => role;

    /// <summary>
    /// What the route of a request needs; null where anybody may call it, and where there is no route.
    /// </summary>
    internal static Role? Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<NeededRole>()?.Role;

    string? IAuthorizeData.Policy { get; set; }

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    /// <summary>From the reader on, each role may do what the ones before it may; pages may do their own things
    /// alone.</summary>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeededRole requirement)
    {
        if (context.User.Identity is CallerIdentity { Caller.Role: var given } && Suffices(given, requirement.Role))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool Suffices(Role given, Role needed) => needed == Role.Browser ? given == needed : given >= needed;
}
