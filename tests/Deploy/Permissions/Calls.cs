using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Permissions;

/// <summary>
/// The calls that the published functions were seen to make, and the rights that have another reason.
/// </summary>
internal static class Calls
{
    internal static IReadOnlyCollection<Right> Of(string function)
    {
        var file = Path.Combine(Repository.Root(), "tests", "Integration", "calls", $"{function}.txt");
        return
        [
            .. Lines(file)
                .Select(line =>
                    line.Split(' ', 2) is [var action, var resource]
                        ? new Right(action, resource)
                        : throw new FormatException($"{file}: {line}")
                ),
        ];
    }

    internal static Dictionary<Right, string> Uncalled(string function) =>
        Reasons().Where(reason => reason.IsFor(function)).ToDictionary(reason => reason.Right, reason => reason.Reason);

    internal static IEnumerable<UncalledRight> Reasons() =>
        Lines(Path.Combine(NodeScripts.Folder, "Permissions", "uncalled.txt"))
            .Select(line =>
                line.Split(" | ") is [var function, var action, var resource, var reason]
                    ? new UncalledRight(function, new Right(action, resource), reason)
                    : throw new FormatException(line)
            );

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#');
}

/// <param name="Function">One, or <c>*</c> for every.</param>
internal sealed record UncalledRight(string Function, Right Right, string Reason)
{
    internal bool IsFor(string function) => Function is "*" || Function == function;
}
