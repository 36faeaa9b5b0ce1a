using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>Who asks: whose rate is limited, and whose idempotency keys these are.</summary>
internal sealed record Caller(string Id, Role Role)
{
    /// <summary>Whoever sits at this machine.</summary>
    internal static readonly Caller Local = new("local", Role.Operator);

    /// <summary>Whom the authorizer in front let through without saying who it is.</summary>
    internal static readonly Caller Authorized = new("authorized", Role.Operator);

    internal static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Local;
}

/// <summary>Says on a route which role it needs.</summary>
internal sealed record NeededRole(Role Role);
