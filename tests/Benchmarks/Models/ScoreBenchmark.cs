using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Benchmarks.Models;

/// <summary>
/// Microseconds of processor time that one thread takes to score a user: to sum the rows of 50 items, choose the best
/// and give each its reasons; and to read the 50 recent interactions before that. The median of rounds over many users,
/// so that neither rows nor histories stay in the nearest cache.
/// </summary>
internal static class ScoreBenchmark
{
    private const int Users = 2_000;
    private const int Rounds = 15;
    private const int Warm = 4;

    private static readonly Option<int> s_items = new("--items") { DefaultValueFactory = _ => 40_000 };
    private static readonly Option<int> s_history = new("--history") { DefaultValueFactory = _ => 50 };
    private static readonly Option<int> s_count = new("--count") { DefaultValueFactory = _ => 20 };

    internal static Command Create()
    {
        var command = new Command(
            "score",
            "Score users with rows of 200 and of 500 neighbours.\n\nExample: score --items 40000 --history 50"
        )
        {
            s_items, s_history, s_count,
        };
        command.SetAction(parse =>
        {
            var (items, history, count) = (parse.GetValue(s_items), parse.GetValue(s_history), parse.GetValue(s_count));
            var (small, reading, smallBytes) = Measure(items, 200, history, count);
            var (large, _, largeBytes) = Measure(items, 500, history, count);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "score",
                ["items"] = items,
                ["history"] = history,
                ["count"] = count,
                ["microsecondsAt200"] = Math.Round(small, 1),
                ["microsecondsToRead"] = Math.Round(reading, 1),
                ["microsecondsAt500"] = Math.Round(large, 1),
                ["bytesAllocated"] = smallBytes + largeBytes,
            }));
            return 0;
        });
        return command;
    }

    private static (double Scoring, double Reading, long Bytes) Measure(
        int items,
        int neighbours,
        int history,
        int count
    )
    {
        var model = SyntheticModel.Of(items, neighbours, seed: 1);
        var (reader, scorer) = (new HistoryEncoder(model, EventTypeSettings.Default), new ItemScorer(model));
        var users = Histories(model, history);
        var (masked, answer) = (new int[history], new ScoredItem[count]);
        using var process = Process.GetCurrentProcess();

        void Read()
        {
            foreach (var user in users)
                reader.Read(user);
        }

        void ReadAndScore()
        {
            foreach (var user in users)
            {
                var read = reader.Read(user);
                for (var at = 0; at < read.Length; at++)
                    masked[at] = read[at].Item;
                scorer.Score(read, masked.AsSpan(0, read.Length), answer);
            }
        }

        double Median(Action work)
        {
            var rounds = new double[Rounds];
            for (var round = -Warm; round < Rounds; round++)
            {
                process.Refresh();
                var start = process.TotalProcessorTime;
                work();
                process.Refresh();
                rounds[Math.Max(0, round)] = (process.TotalProcessorTime - start).TotalMicroseconds / users.Length;
            }
            Array.Sort(rounds);
            return rounds[Rounds / 2];
        }

        var (reading, both) = (Median(Read), Median(ReadAndScore));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAndScore();
        return (both - reading, reading, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static UserHistory[] Histories(ItemModel model, int length)
    {
        var random = new Random(2);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return
        [
            .. Enumerable
                .Range(0, Users)
                .Select(_ =>
                    UserHistory.From(
                        Enumerable
                            .Range(0, length)
                            .Select(place => new HistoryEntry(
                                model.Items[(int)(model.Items.Length * Math.Pow(random.NextDouble(), 2))],
                                InteractionType.View,
                                now.AddHours(-place)
                            ))
                    )
                ),
        ];
    }
}
