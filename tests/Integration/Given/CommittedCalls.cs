namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// The lists in tests/Integration/calls, which the permissions of the deployed functions are made of.
/// </summary>
internal static class CommittedCalls
{
    /// <summary>
    /// Fails on any difference, and leaves what was seen beside the tests' build, to be looked at and committed.
    /// </summary>
    internal static async Task CompareAsync(string function, IReadOnlyList<string> calls)
    {
        var seen = Path.Combine(AppContext.BaseDirectory, $"{function}.seen.txt");
        await File.WriteAllLinesAsync(seen, calls);
        var committed = CallLog.PathOf(function);
        var expected = File.Exists(committed) ? await File.ReadAllLinesAsync(committed) : [];
        Assert.True(
            expected.SequenceEqual(calls, StringComparer.Ordinal),
            $"The calls of {function} are not those of {committed}. New: "
                + $"{string.Join(", ", calls.Except(expected))}. Gone: {string.Join(", ", expected.Except(calls))}. "
                + $"All of them: {seen}."
        );
    }
}
