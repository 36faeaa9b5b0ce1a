namespace Recommendation.Deploy.Tests.Snapshots;

/// <summary>
/// What is made from the template and committed. With <c>UPDATE_SNAPSHOTS=1</c> in the environment it is written anew
/// instead of compared.
/// </summary>
internal static class Committed
{
    private const string Variable = "UPDATE_SNAPSHOTS";

    /// <summary>A whole file.</summary>
    internal static void Check(string path, string made) => Check(path, _ => made);

    /// <summary>What stands between the lines <c>begin</c> and <c>end</c> of a name in a document.</summary>
    internal static void CheckSection(string path, string name, string made) =>
        Check(
            path,
            document =>
            {
                var (begin, end) = ($"<!-- begin {name} -->\n", $"<!-- end {name} -->");
                var (from, to) = (
                    document.IndexOf(begin, StringComparison.Ordinal),
                    document.IndexOf(end, StringComparison.Ordinal)
                );
                Assert.True(from >= 0 && to > from, $"{path} has no section '{name}'.");
                return string.Concat(document.AsSpan(0, from + begin.Length), made, document.AsSpan(to));
            }
        );

    private static void Check(string path, Func<string, string> make)
    {
        var file = Path.Combine(Repository.Root(), path);
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        var after = make(before);
        if (before == after)
            return;
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            File.WriteAllText(file, after);
        else
            Assert.Fail(
                $"{path} is not what the stack gives; if the change is meant, run '{Variable}=1 dotnet test "
                    + $"tests/Deploy' and read the difference. {FirstDifference(before, after)}"
            );
    }

    private static string FirstDifference(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var line = Enumerable
            .Range(0, Math.Max(old.Length, now.Length))
            .First(i => old.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        return $"Line {line + 1}: '{old.ElementAtOrDefault(line)}' should be '{now.ElementAtOrDefault(line)}'.";
    }
}
