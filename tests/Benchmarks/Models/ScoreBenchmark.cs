using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Benchmarks.Models;

/// <summary>
/// Microseconds of processor time that one thread takes to score a user: to read 50 recent interactions, sum their rows, choose the best and give
/// each its reasons. The median of rounds over many users, so that neither rows nor histories stay in the nearest cache.
/// </summary>
internal static class ScoreBenchmark
{
    private const int Users = 2_000;
    private const int Rounds = 15;

    private static readonly Option<int> s_items = new("--items") { DefaultValueFactory = _ => 40_000 };
    private static readonly Option<int> s_history = new("--history") { DefaultValueFactory = _ => 50 };
    private static readonly Option<int> s_count = new("--count") { DefaultValueFactory = _ => 20 };

    internal static Command Create()
    {
        var command = new Command("score", "Score users with rows of 200 and of 500 neighbours.\n\nExample: score --items 40000 --history 50")
        {
            s_items, s_history, s_count,
        };
        command.SetAction(parse =>
        {
            var (items, history, count) = (parse.GetValue(s_items), parse.GetValue(s_history), parse.GetValue(s_count));
            var (small, smallBytes) = Measure(items, 200, history, count);
            var (large, largeBytes) = Measure(items, 500, history, count);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "score",
                ["items"] = items,
                ["history"] = history,
                ["count"] = count,
                ["microsecondsAt200"] = Math.Round(small, 1),
                ["microsecondsAt500"] = Math.Round(large, 1),
                ["bytesAllocated"] = smallBytes + largeBytes,
            }));
            return 0;
        });
        return command;
    }

    private static (double Microseconds, long Bytes) Measure(int items, int neighbours, int history, int count)
    {
        var model = SyntheticModel.Of(items, neighbours, seed: 1);
        var (reader, scorer) = (new HistoryReader(model, InteractionWeights.Default), new ItemScorer(model));
        var users = Histories(model, history);
        var (masked, answer) = (new int[history], new ScoredItem[count]);
        using var process = Process.GetCurrentProcess();
        double Round()
        {
            process.Refresh();
            var start = process.TotalProcessorTime;
            Score();
            process.Refresh();
            return (process.TotalProcessorTime - start).TotalMicroseconds / users.Length;
        }

        void Score()
        {
            foreach (var user in users)
            {
                var read = reader.Read(user);
                for (var at = 0; at < read.Length; at++)
                    masked[at] = read[at].Item;
                scorer.Score(read, masked.AsSpan(0, read.Length), answer);
            }
        }

        for (var warm = 0; warm < 3; warm++)
            Round();
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            rounds[round] = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Score();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(rounds);
        return (rounds[Rounds / 2], bytes);
    }

    private static RecentInteraction[][] Histories(ItemModel model, int length)
    {
        var random = new Random(2);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, Users).Select(_ => Enumerable.Range(0, length).Select(place => new RecentInteraction(
            now.AddHours(-place), 0, model.Items[(int)(model.Items.Length * Math.Pow(random.NextDouble(), 2))], InteractionType.View)).ToArray())];
    }
}
