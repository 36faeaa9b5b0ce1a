using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Security;

/// <summary>The origins of pages that may use a browser key, as browsers write them in <c>Origin</c>.</summary>
internal static class Origins
{
    private const int Maximum = 20;

    /// <returns>Null for a role that has none.</returns>
    /// <exception cref="RefusedException">An origin can't be used, or they do not fit the role.</exception>
    internal static IReadOnlyList<string>? For(Role role, IReadOnlyList<string> origins)
    {
        if (role == Role.Browser)
            return origins.Count is >= 1 and <= Maximum
                ? [.. origins.Select(Normalized).Distinct(StringComparer.Ordinal)]
                : throw new RefusedException(
                    $"A key of the role browser needs 1–{Maximum} origins: give --origin https://shop.example.");
        return origins.Count == 0
            ? null
            : throw new RefusedException("Only keys of the role browser have origins: leave --origin out.");
    }

    /// <summary>Scheme, host, and port if it is not the scheme's own, in small letters.</summary>
    private static string Normalized(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && !text.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : throw new RefusedException(
                $"'{text}' is no origin: give the scheme, host and port of the pages, such as https://shop.example.");
}
