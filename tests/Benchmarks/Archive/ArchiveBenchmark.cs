using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Recommendation.Emulators;
using Recommendation.Emulators.Tables;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// What the steps over a large archive take, each in a process with the heap that its function's memory allows: three
/// quarters, as the runtime takes on Lambda.
/// </summary>
internal static class ArchiveBenchmark
{
    private const int BatchMegabytes = 3538;
    private const int EraserMegabytes = 1769;

    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 20_000_000 };
    private static readonly Option<int> s_users = new("--users") { DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> s_days = new("--days") { DefaultValueFactory = _ => 30 };

    internal static Command Create()
    {
        var command = new Command(
            "archive",
            "Train, gate, count and erase over a large archive within the functions' memory.\n\nExample: archive "
                + "--events 2000000 --users 100000"
        )
        {
            s_events, s_users, s_days,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var (days, users) = (parse.GetValue(s_days), parse.GetValue(s_users));
                var ofDay = parse.GetValue(s_events) / days;
                var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-days);
                var archive = new StubBucket("archive/");
                ArchiveEvents.Write(archive, users, first, days - 1, ofDay);
                await using var table = await TableSimulator.StartAsync(TimeProvider.System, minimum: 1_000_000);
                await using var bucket = await FaultProxy.StartAsync(
                    archive.Answer,
                    (await EmulatorServers.RunningAsync()).S3
                );
                await MakeBucketAsync(bucket.Url);
                var result = new JsonObject { ["verb"] = "archive" };
                var environment = EnvironmentOf(table.Url, bucket.Url);
                result["train"] = await RunAsync("train", BatchMegabytes, archive, environment, cancellationToken);
                // The day on which the trained model is measured.
                ArchiveEvents.Write(archive, users, first.AddDays(days - 1), 1, ofDay);
                result["gate"] = await RunAsync("gate", BatchMegabytes, archive, environment, cancellationToken);
                result["popular"] = await RunAsync("popular", BatchMegabytes, archive, environment, cancellationToken);
                result["forget"] = await RunAsync("forget", EraserMegabytes, archive, environment, cancellationToken);
                Console.WriteLine(result.ToJsonString());
                return 0;
            }
        );
        return command;
    }

    private static async Task<JsonNode> RunAsync(
        string step,
        int megabytes,
        StubBucket archive,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        archive.ResetCounts();
        var start = OwnProcess.Of(environment, "archive-step", step);
        start.Environment["DOTNET_GCHeapHardLimit"] = (megabytes * 3L / 4 * 1_048_576).ToString(
            "x",
            CultureInfo.InvariantCulture
        );
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            return JsonValue.Create($"failed with exit code {process.ExitCode}");
        var measured = JsonNode.Parse(output)!.AsObject();
        measured["memoryMegabytes"] = megabytes;
        measured["objectsRead"] = archive.ObjectsRead;
        measured["lists"] = archive.Lists;
        measured["readShare"] = Math.Round((double)archive.BytesRead / archive.Bytes, 5);
        return measured;
    }

    internal static Dictionary<string, string> EnvironmentOf(Uri table, Uri bucket) => new(StringComparer.Ordinal)
    {
        ["TABLE_NAME"] = "test",
        ["BUCKET_NAME"] = "test",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_ENDPOINT_URL_DYNAMODB"] = table.ToString(),
        ["AWS_ENDPOINT_URL_S3"] = bucket.ToString(),
    };

    internal static async Task MakeBucketAsync(Uri url)
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonS3Config
            {
                ServiceURL = url.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        await client.PutBucketAsync("test");
    }
}
