using System.Globalization;
using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>
/// What is evaluated is what is served: the lists that ingest, train and a batch run store score as `evaluate` says of
/// the same model. A small version of the benchmark verb `served`, through the program alone.
/// </summary>
public sealed class ServedListsTests
{
    private const string AsOf = "2026-01-31T12:00:00Z";
    private const int Cutoff = 20;

    [Theory]
    [InlineData(25)]
    [InlineData(620)]
    public async Task The_stored_lists_score_what_evaluate_says_of_their_model(int heavyItems)
    {
        using var folder = new DataFolder();
        var (train, test) = Users(heavyItems);
        var trainPath = folder.Write("train.txt", Lines(train));
        var testPath = folder.Write("test.txt", Lines(test));
        var events = folder.Write(
            "events.csv",
            "userId,itemId,timestamp\n"
                + string.Concat(
                    train.SelectMany(user => user.Value.Select(item => $"{user.Key},{item},2026-01-30T00:00:00Z\n"))
                )
        );
        foreach (
            var command in new[] { $"ingest {events}", $"train --fast --as-of {AsOf}", $"batch run --as-of {AsOf}" }
        )
            await RunAsync(folder, command);
        var lists = (await RunAsync(folder, "export recommendations"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(list => list.GetProperty("userId").GetString()!, Items, StringComparer.Ordinal);
        var model = Parse(await RunAsync(folder, "models list --json")).GetProperty("current").GetString();

        var report = Parse(
            await RunAsync(folder, $"evaluate --model {model} --train {trainPath} --test {testPath} -k {Cutoff} --json")
        );

        Assert.Equal(train.Count, lists.Count);
        Assert.All(lists, list => Assert.Empty(list.Value.Intersect(train[list.Key])));
        Assert.Equal(
            Digits(test.Average(user => Recall(lists[user.Key], user.Value))),
            Digits(report.GetProperty("recall").GetDouble())
        );
        Assert.Equal(
            Digits(test.Average(user => Ndcg(lists[user.Key], user.Value))),
            Digits(report.GetProperty("ndcg").GetDouble())
        );
        Assert.InRange(report.GetProperty("recall").GetDouble(), 0.05, 0.95);
        Assert.False(report.TryGetProperty("trainSeconds", out var seconds) && seconds.ValueKind != JsonValueKind.Null);
    }

    /// <summary>Users of three tastes; a few of them have many items.</summary>
    private static (Dictionary<string, string[]> Train, Dictionary<string, string[]> Test) Users(int heavyItems)
    {
        var random = new Random(14);
        var (train, test) = (
            new Dictionary<string, string[]>(StringComparer.Ordinal),
            new Dictionary<string, string[]>(StringComparer.Ordinal)
        );
        for (var user = 0; user < 150; user++)
        {
            var count = user % 10 == 0 ? heavyItems : 4 + random.Next(12);
            var items = Enumerable
                .Range(0, (3 * count) + 60)
                .Select(item => $"{"abc"[random.Next(10) > 0 ? user % 3 : item % 3]}{item}")
                .Distinct(StringComparer.Ordinal)
                .ToArray();
            random.Shuffle(items);
            train.Add($"u{user}", items[..count]);
            test.Add($"u{user}", items[count..(count + 5)]);
        }
        return (train, test);
    }

    private static double Recall(string[] list, string[] relevant) =>
        (double)list.Intersect(relevant).Count() / relevant.Length;

    private static double Ndcg(string[] list, string[] relevant) =>
        list.Select((item, at) => relevant.Contains(item, StringComparer.Ordinal) ? 1 / Math.Log2(at + 2) : 0).Sum()
        / relevant.Take(Cutoff).Select((_, at) => 1 / Math.Log2(at + 2)).Sum();

    private static string[] Items(JsonElement list) =>
        [
            .. list.GetProperty("recommendations")
                .EnumerateArray()
                .Take(Cutoff)
                .Select(item => item.GetProperty("itemId").GetString()!),
        ];

    private static string Lines(Dictionary<string, string[]> users) =>
        string.Concat(users.Select(user => $"{user.Key} {string.Join(' ', user.Value)}\n"));

    private static string Digits(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static JsonElement Parse(string output) => JsonDocument.Parse(output).RootElement;

    private static async Task<string> RunAsync(DataFolder folder, string command)
    {
        var result = await CommandLineProgram.RecommendAsync([.. command.Split(' '), "--data", folder.Data]);
        Assert.True(result.ExitCode == 0, $"{command}: {result.Errors}");
        return result.Output;
    }
}
