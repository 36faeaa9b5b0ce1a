using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.AdminApi.Http;

/// <summary>Reads ids out of paths.</summary>
internal static partial class PathIds
{
    internal static UserId User(HttpContext context, string text) => Read(UserId.Parse, Whole(context, text));

    internal static ItemId Item(HttpContext context, string text) => Read(ItemId.Parse, Whole(context, text));

    internal static BatchRunId Run(string text) => Read(BatchRunId.Parse, text);

    internal static ModelVersion Model(string text) => Read(ModelVersion.Parse, text);

    /// <exception cref="ApiProblem">The text is none; the problem says why.</exception>
    internal static T Read<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw ApiProblem.Wrong(wrong.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <summary>
    /// Kestrel leaves %2F in a path as it is, so that routes can be told apart; an id that holds a slash, or the text
    /// "%2F", is read from the request line instead.
    /// </summary>
    private static string Whole(HttpContext context, string text)
    {
        if (WrittenDots().IsMatch(text))
            return Uri.UnescapeDataString(text);
        if (!text.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return text;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        foreach (var segment in target.Split('?')[0].Split('/'))
        {
            var whole = Uri.UnescapeDataString(segment);
            if (string.Equals(KeepSlashes(segment), text, StringComparison.Ordinal))
                return whole;
        }
        return text;
    }

    // Clients and servers resolve the segments "." and ".." however they are encoded. Encoded twice they arrive as %2E,
    // and stand for themselves here; an id that is the text %2E is then encoded three times.
    [GeneratedRegex(
        "^(?:%(?:25)*2E){1,2}$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex WrittenDots();

    private static string KeepSlashes(string segment) => string.Join("%2F", segment.Split("%2F").Select(upper =>
        string.Join("%2f", upper.Split("%2f").Select(Uri.UnescapeDataString))));
}
