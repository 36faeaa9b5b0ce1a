using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recommendation.Client.Calls;

/// <summary>A path with parameters, relative to the address of the API.</summary>
internal sealed partial class ApiPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    /// <summary>An id as one segment of a path. Clients and servers resolve dots, so these are encoded twice.</summary>
    internal static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (id is "." or "..")
            return id.Replace(".", "%252E", StringComparison.Ordinal);
        var segment = Uri.EscapeDataString(id);
        return EncodedDots().IsMatch(id) ? Uri.EscapeDataString(segment) : segment;
    }

    internal ApiPath With(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    internal ApiPath With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    internal ApiPath With(string name, bool? value) => With(name, value is { } known ? known ? "true" : "false" : null);

    internal ApiPath WithEach(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
            With(name, value);
        return this;
    }

    /// <summary>Ids, in which a comma would divide two.</summary>
    internal ApiPath WithIds(string name, IEnumerable<string> ids) => WithEach(name, ids.Select(id =>
        id.Replace("\\", @"\\", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal)));

    public override string ToString() => _text.ToString();

    [GeneratedRegex("^(?:%(?:25)*2E){1,2}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EncodedDots();
}
