using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Recommendation.Emulators;

/// <summary>
/// DynamoDB, S3 and Kinesis for this test run: installed and started when they are first asked for, ended with the
/// process. The servers end by themselves when their input is closed, so that even a test host that is killed leaves
/// none behind.
/// </summary>
public sealed class EmulatorServers
{
    private static readonly Lazy<Task<EmulatorServers>> s_running = new(() => Task.Run(StartAsync));

    private EmulatorServers(Uri dynamoDb, Uri s3, Uri kinesis) => (DynamoDb, S3, Kinesis) = (dynamoDb, s3, kinesis);

    public Uri DynamoDb { get; }

    public Uri S3 { get; }

    public Uri Kinesis { get; }

    /// <summary>The servers of this run.</summary>
    /// <exception cref="InvalidOperationException">They can't be started; the message says what to install.</exception>
    public static Task<EmulatorServers> RunningAsync() => s_running.Value;

    private static async Task<EmulatorServers> StartAsync()
    {
        var folder = FolderOf();
        await NodePackages.InstallAsync(folder);
        var process = Process.Start(new ProcessStartInfo("node", ["servers.js"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The servers did not start.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(process);
        var errors = process.StandardError.ReadToEndAsync();
        var line =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(
                $"The servers of {folder} ended before they listened: {await errors}"
            );
        using var ports = JsonDocument.Parse(line);
        return new EmulatorServers(UrlOf(ports, "dynamodb"), UrlOf(ports, "s3"), UrlOf(ports, "kinesis"));
    }

    private static string FolderOf() =>
        typeof(EmulatorServers)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => string.Equals(attribute.Key, "EmulatorsFolder", StringComparison.Ordinal))
            .Value!;

    private static Uri UrlOf(JsonDocument ports, string service) =>
        new($"http://127.0.0.1:{ports.RootElement.GetProperty(service).GetInt32()}");

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
