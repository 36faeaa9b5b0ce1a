using System.Text.RegularExpressions;

namespace Recommendation.Architecture.Tests.Files;

/// <summary>What a file may hold: not too much, and nothing that belongs to one machine or is not done.</summary>
internal static partial class FileRules
{
    internal const int MaximumLines = 250;

    internal const int MaximumColumns = 120;

    /// <summary>A name, an id or a text of so many characters without a space is not broken for its width.</summary>
    private const int LongestWord = 60;

    private static readonly (string What, Regex Pattern)[] s_banned =
    [
        ("a path of one machine", MachinePath()),
        ("a package source", PackageSource()),
        ("a mark of unfinished work", Unfinished()),
        ("an e-mail address", MailAddress()),
        ("a merge conflict", Conflict()),
    ];

    internal static IEnumerable<string> TooLong(string root, IEnumerable<string> files) =>
        from file in files
        let lines = File.ReadLines(Path.Combine(root, file)).Count()
        where lines > MaximumLines
        select $"{file} has {lines} lines.";

    /// <summary>Lines that are too wide: not those of raw string literals, nor those that can't be broken.</summary>
    internal static IEnumerable<string> TooWide(string root, IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            var isRaw = false;
            foreach (var (index, line) in File.ReadLines(Path.Combine(root, file)).Index())
            {
                var delimiters = line.Split("\"\"\"").Length - 1;
                var isExempt = isRaw || delimiters > 0 || line.Split(' ').Any(word => word.Length > LongestWord);
                isRaw ^= delimiters % 2 == 1;
                var columns = line.TrimEnd().Length;
                if (columns > MaximumColumns && !isExempt)
                    yield return $"{file}:{index + 1} has {columns} columns.";
            }
        }
    }

    /// <summary>Messages with a command of the command line in them.</summary>
    internal static IEnumerable<string> NamingCommands(string root, IEnumerable<string> files) =>
        from file in files
        from line in File.ReadAllLines(Path.Combine(root, file)).Index()
        where line.Item.Contains("`recommend ", StringComparison.Ordinal)
            && !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{file}:{line.Index + 1} names a command.";

    internal static IEnumerable<string> Banned(string root, IEnumerable<string> files) =>
        from file in files
        from line in File.ReadLines(Path.Combine(root, file)).Index()
        from banned in s_banned
        where banned.Pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1} holds {banned.What}.";

    // No pattern matches its own text, so that this file is checked like any other.
    [GeneratedRegex(@"(?<![\w./~-])/(home|root|Users|work|tmp)/\w|\b[A-Za-z]:\\+(Users|Temp|Work)\b")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"<package[S]ources>|""resolved"":\s*""https?:")]
    private static partial Regex PackageSource();

    [GeneratedRegex(@"\b(T[O]DO|FIX[M]E|X[X]X)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"[\w.+-]+@(?!example\.)[\w-]+\.(com|org|net|dev|io)\b")]
    private static partial Regex MailAddress();

    [GeneratedRegex("^(<{7}|>{7}) ")]
    private static partial Regex Conflict();
}
