using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Recommendation.Benchmarks.Scale;

/// <summary>
/// Writes generated interactions as a history file and trains on it out of core: each in a process of its own, whose
/// greatest memory is measured.
/// </summary>
internal static class ScaleBenchmark
{
    internal static readonly Option<long> Interactions = new("--interactions")
    {
        DefaultValueFactory = _ => 10_000_000,
    };
    internal static readonly Option<int> Users = new("--users") { DefaultValueFactory = _ => 200_000 };
    internal static readonly Option<int> Items = new("--items") { DefaultValueFactory = _ => 200_000 };
    internal static readonly Option<bool> Fast = new("--fast");
    internal static readonly Option<int> RowMegabytes = new("--row-megabytes") { DefaultValueFactory = _ => 1024 };
    private static readonly Option<string?> s_folder = new("--folder");

    internal static Command Create()
    {
        var command = new Command(
            "scale",
            "Train out of core on generated interactions.\n\nExample: scale --interactions 100000000 --users 2000000")
        {
            Interactions, Users, Items, Fast, RowMegabytes, s_folder,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var folder = parse.GetValue(s_folder) is { } given
                ? Directory.CreateDirectory(given) : Directory.CreateTempSubdirectory("recommendation-scale-");
            var file = Path.Combine(folder.FullName, string.Create(
                CultureInfo.InvariantCulture,
                $"{parse.GetValue(Interactions)}-{parse.GetValue(Users)}-{parse.GetValue(Items)}.hist"));
            try
            {
                var result = new JsonObject { ["verb"] = "scale" };
                string[] options =
                [
                    file, "--interactions", $"{parse.GetValue(Interactions)}", "--users", $"{parse.GetValue(Users)}",
                    "--items", $"{parse.GetValue(Items)}", "--row-megabytes", $"{parse.GetValue(RowMegabytes)}",
                    .. parse.GetValue(Fast) ? (string[])["--fast"] : [],
                ];
                if (!File.Exists(file))
                    result["write"] = await RunAsync(["scale-step", "write", .. options], cancellationToken);
                result["train"] = await RunAsync(["scale-step", "train", .. options], cancellationToken);
                Console.WriteLine(result.ToJsonString());
                return 0;
            }
            finally
            {
                if (parse.GetValue(s_folder) is null)
                    folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<JsonNode> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(OwnProcess.Of(new Dictionary<string, string>(), arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonNode.Parse(output)!
            : throw new InvalidOperationException($"{arguments[1]} ended with {process.ExitCode}.");
    }
}
