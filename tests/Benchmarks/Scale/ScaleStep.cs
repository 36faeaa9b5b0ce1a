using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Histories;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Training;

namespace Recommendation.Benchmarks.Scale;

/// <summary>One of the steps of <see cref="ScaleBenchmark"/>; prints what it took.</summary>
internal static class ScaleStep
{
    private static readonly Argument<string> s_step = new("step") { Description = "write or train." };
    private static readonly Argument<string> s_file = new("file");

    internal static Command Create()
    {
        var command = new Command("scale-step", "Run one step of a training; called by scale.\n\nExample: scale-step "
            + "train histories.hist")
        {
            s_step, s_file, ScaleBenchmark.Interactions, ScaleBenchmark.Users, ScaleBenchmark.Items,
            ScaleBenchmark.Fast, ScaleBenchmark.RowMegabytes,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var timer = Stopwatch.StartNew();
            var result = parse.GetRequiredValue(s_step) switch
            {
                "write" => await WriteAsync(parse, cancellationToken),
                "train" => await TrainAsync(parse, cancellationToken),
                var other => throw new ArgumentException($"There is no step '{other}'.", nameof(parse)),
            };
            using var process = Process.GetCurrentProcess();
            result["seconds"] = Math.Round(timer.Elapsed.TotalSeconds, 1);
            result["processorSeconds"] = Math.Round(process.TotalProcessorTime.TotalSeconds, 1);
            result["microsecondsPerInteraction"] =
                Math.Round(timer.Elapsed.TotalMicroseconds / parse.GetValue(ScaleBenchmark.Interactions), 2);
            result["peakMegabytes"] = process.PeakWorkingSet64 / 1_000_000;
            Console.WriteLine(result.ToJsonString());
            return 0;
        });
        return command;
    }

    private static async Task<JsonObject> WriteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var log = new GeneratedLog(
            parse.GetValue(ScaleBenchmark.Users), parse.GetValue(ScaleBenchmark.Items),
            parse.GetValue(ScaleBenchmark.Interactions));
        var file = parse.GetRequiredValue(s_file);
        var unfinished = file + ".unfinished";
        await using (var output = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
        {
            await HistoryFileWriter.WriteAsync(
                log.ReadAsync(), output, Path.GetDirectoryName(file), HistoryFileWriter.DefaultBufferEvents,
                progress: null, cancellationToken);
        }
        Local.Files.DurableMove.File(unfinished, file);
        var bytes = new FileInfo(file).Length;
        return new()
        {
            ["bytes"] = bytes,
            ["bytesPerInteraction"] = Math.Round((double)bytes / parse.GetValue(ScaleBenchmark.Interactions), 2),
        };
    }

    private static async Task<JsonObject> TrainAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = parse.GetRequiredValue(s_file);
        var options = new ModelTrainerOptions
        {
            TemporaryFolder = Path.GetDirectoryName(file),
            RowMegabytes = parse.GetValue(ScaleBenchmark.RowMegabytes),
        };
        var stages = new Stages();
        stages.Begin("reading interactions");
        using var job = RowJob.Open(
            HistoryFileReader.Open(file), EventTypeSettings.Default, GeneratedLog.AsOf, options, cancellationToken);
        job.Check();
        var trained = new RowTraining(options).Train(
            job, given: null, parse.GetValue(ScaleBenchmark.Fast), (stage, _) => stages.Begin(stage),
            cancellationToken);
        stages.Begin("writing the model");
        await using var model = await new ModelBuilder(EventTypeSettings.Default).BuildAsync(
            new(options, Measured: null, Source: null), job.Facts(cancellationToken),
            () => job.Sample(cancellationToken), trained, new(GeneratedLog.AsOf), progress: null, cancellationToken);
        return new()
        {
            ["interactions"] = model.Description.Interactions,
            ["users"] = model.Description.Users,
            ["items"] = model.Description.Items,
            ["artefactBytes"] = model.Description.ArtefactBytes,
            ["parameters"] = new JsonObject(model.Description.Parameters.Select(
                one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
            ["metrics"] = new JsonObject(model.Description.Metrics.Select(
                one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
            ["stages"] = stages.Seconds(),
        };
    }

    /// <summary>How long each stage took; it also says on standard error which one begins.</summary>
    private sealed class Stages
    {
        private readonly Lock _lock = new();
        private readonly Stopwatch _timer = Stopwatch.StartNew();
        private readonly List<(string Name, TimeSpan Begin)> _begun = [];

        public void Begin(string name)
        {
            lock (_lock)
            {
                if (_begun.Count > 0 && string.Equals(_begun[^1].Name, name, StringComparison.Ordinal))
                    return;
                _begun.Add((name, _timer.Elapsed));
                Console.Error.WriteLine($"{_timer.Elapsed:hh\\:mm\\:ss} {name}");
            }
        }

        public JsonObject Seconds()
        {
            var ends = _begun.Skip(1).Select(one => one.Begin).Append(_timer.Elapsed);
            return new(_begun.Zip(ends, (one, end) => (one.Name, Seconds: (end - one.Begin).TotalSeconds))
                .GroupBy(one => one.Name, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(
                    group.Key, (JsonNode?)Math.Round(group.Sum(one => one.Seconds), 1))));
        }
    }
}
