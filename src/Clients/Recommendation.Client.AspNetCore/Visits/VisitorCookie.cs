using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Recommendation.Client.AspNetCore.Visits;

/// <summary>
/// A visitor's id, in the form that browser keys may send, and a mark of the user into whom it is merged: so it is
/// merged once, and another user of the same browser gets an id of their own.
/// </summary>
internal sealed partial record VisitorCookie
{
    private VisitorCookie(string id, string? mark) => (Id, Mark) = (id, mark);

    internal string Id { get; }

    internal string? Mark { get; }

    /// <summary>What nobody can guess: whoever knows an id can ask for its lists.</summary>
    internal static VisitorCookie New()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new VisitorCookie($"anon-{new Guid(bytes, bigEndian: true):D}", mark: null);
    }

    /// <returns>Null for what is no cookie of this kind.</returns>
    internal static VisitorCookie? Read(string? text)
    {
        if (text is null || Format().Match(text) is not { Success: true } match)
            return null;
        var mark = match.Groups["mark"];
        return new VisitorCookie(match.Groups["id"].Value, mark.Success ? mark.Value : null);
    }

    internal bool IsOf(string userId) => string.Equals(Mark, MarkOf(Id, userId), StringComparison.Ordinal);

    internal VisitorCookie Of(string userId) => new(Id, MarkOf(Id, userId));

    public override string ToString() => Mark is null ? Id : $"{Id}.{Mark}";

    /// <summary>Names no user to whoever reads the cookie.</summary>
    private static string MarkOf(string id, string userId) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{userId}")).AsSpan(0, 12));

    [GeneratedRegex(
        "^(?<id>anon-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.(?<mark>[A-Za-z0-9_-]{16}))?\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Format();
}
