using System.Text.RegularExpressions;

namespace Recommendation.Architecture.Tests.Documents;

/// <summary>Links within the repository: the file, and the heading in it where one is named.</summary>
internal static partial class MarkdownLinks
{
    internal static IEnumerable<string> Broken(string root, IEnumerable<string> documents) =>
        from document in documents
        from Match match in Link().Matches(File.ReadAllText(Path.Combine(root, document)))
        let target = match.Groups[1].Value
        where !target.Contains(':', StringComparison.Ordinal) && !Exists(Path.Combine(root, document), target)
        select $"{document} links to {target}.";

    private static bool Exists(string document, string target)
    {
        var (path, heading) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file =
            path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(path));
        if (heading is null)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file)
            && File.ReadLines(file).Where(line => line.StartsWith('#')).Any(line => Anchor(line) == heading);
    }

    /// <summary>As common hosts make it: lower case, punctuation dropped, spaces as hyphens.</summary>
    private static string Anchor(string heading) =>
        Dropped().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Dropped();
}
