using System.Text.Json.Nodes;

namespace Recommendation.Integration.Tests.Given;

/// <summary>Exported recommendations of two platforms.</summary>
internal static class Lists
{
    /// <summary>
    /// The same items for the same users. The two logs give a model their events in different orders, so sums may
    /// differ in a last digit, and items whose scores differ in that only may change places.
    /// </summary>
    internal static void AssertSame(string expected, string actual)
    {
        var (ours, theirs) = (Read(expected), Read(actual));
        Assert.Equal(ours.Keys, theirs.Keys);
        foreach (var (user, list) in ours)
        {
            Assert.Equal(list.Source, theirs[user].Source);
            Assert.Equal(list.Scores.Count, theirs[user].Scores.Count);
            foreach (var (item, score) in list.Scores)
            {
                var other = theirs[user].Scores.TryGetValue(item, out var found) ? found : theirs[user].Lowest;
                Assert.InRange(other, score - Tolerance(score), score + Tolerance(score));
            }
        }
    }

    private static double Tolerance(double score) => Math.Max(1e-9, Math.Abs(score) * 1e-4);

    private static SortedDictionary<string, List> Read(string export) =>
        new(
            CommandLine
                .Lines(export)
                .Select(line => JsonNode.Parse(line)!)
                .ToDictionary(
                    list => list["userId"]!.GetValue<string>(),
                    list => new List(
                        list["source"]!.GetValue<string>(),
                        list["recommendations"]!
                            .AsArray()
                            .ToDictionary(
                                item => item!["itemId"]!.GetValue<string>(),
                                item => item!["score"]!.GetValue<double>(),
                                StringComparer.Ordinal
                            )
                    ),
                    StringComparer.Ordinal
                ),
            StringComparer.Ordinal
        );

    private sealed record List(string Source, Dictionary<string, double> Scores)
    {
        internal double Lowest => Scores.Values.DefaultIfEmpty().Min();
    }
}
