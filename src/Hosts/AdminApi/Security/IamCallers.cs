using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Security;

/// <summary>
/// The callers behind an authorizer that checks signatures of IAM: each principal is a caller of its own, whatever the
/// session. Without a list every one of them is an operator, and policies on the API's routes say who may call what;
/// with a list, roles say it as well.
/// </summary>
internal sealed partial class IamCallers
{
    /// <summary>The environment variable that lists the roles.</summary>
    internal const string Setting = "API_CALLERS";

    private readonly Dictionary<string, Role>? _roles;

    private IamCallers(Dictionary<string, Role>? roles) => _roles = roles;

    /// <summary>Reads a list such as <c>123456789012:role/shop=writer 123456789012:user/eve=operator</c>.</summary>
    /// <param name="list">Null or empty if there is none.</param>
    /// <exception cref="RefusedException">An entry can't be read.</exception>
    internal static IamCallers Parse(string? list)
    {
        if (string.IsNullOrWhiteSpace(list))
            return new IamCallers(roles: null);
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var entry in list.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Entry().Match(entry);
            if (!match.Success)
            {
                throw new RefusedException(
                    $"{Setting} holds '{entry}'; give ACCOUNT:role/NAME=ROLE or ACCOUNT:user/NAME=ROLE, and as ROLE "
                        + "reader, writer or operator."
                );
            }
            roles[match.Groups["principal"].Value] = Enum.Parse<Role>(match.Groups["role"].Value, ignoreCase: true);
        }
        return new IamCallers(roles);
    }

    /// <returns>The caller; a problem if the list does not name it.</returns>
    internal (Caller? Caller, ApiProblem? Problem) Of(ClaimsPrincipal user)
    {
        var arn = user.FindFirstValue(ClaimTypes.NameIdentifier);
        if (arn is null || PrincipalOf(arn) is not { } principal)
            return _roles is null
                ? (Caller.Authorized, null)
                : Unknown("The caller has no IAM identity that could have a role here.");
        if (_roles is null)
            return (new Caller(principal, Role.Operator), null);
        return _roles.TryGetValue(principal, out var role)
            ? (new Caller(principal, role), null)
            : Unknown($"'{principal}' has no role here: add it to the stack's setting api.callers.");
    }

    private static (Caller? Caller, ApiProblem? Problem) Unknown(string message) =>
        (null, new ApiProblem(StatusCodes.Status403Forbidden, "unknown-caller", message));

    /// <summary>Account and name; the session of an assumed role and the path of a user are left out.</summary>
    private static string? PrincipalOf(string arn)
    {
        if (Arn().Match(arn) is not { Success: true } match)
            return null;
        var kind = match.Groups["assumed"].Success ? "role" : match.Groups["kind"].Value;
        return $"{match.Groups["account"].Value}:{kind}/{match.Groups["name"].Value}";
    }

    [GeneratedRegex(
        @"^(?<principal>\d{12}:(role|user)/[\w+=,.@-]+)=(?<role>reader|writer|operator)$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Entry();

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
    [GeneratedRegex(
        @"^arn:[\w-]+:(sts::(?<account>\d{12}):(?<assumed>assumed-role)/(?<name>[^/]+)/.+|"
            + @"iam::(?<account>\d{12}):(?<kind>role|user)/(.+/)?(?<name>[^/]+))$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arn();
}
