using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Recommendation.Cli.Tests;

/// <summary>
/// A mistake of a person, or a machine that is not as it should be, is a sentence that says what to do, and no defect.
/// </summary>
public sealed class NoDefectTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await RefusedAsync(
            "is in use",
            "serve",
            "--urls",
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
        );
    }

    [Theory]
    [InlineData("https://127.0.0.1:5999", "no certificate")]
    [InlineData("http://127.0.0.1:99999", "99999")]
    [InlineData("http://192.0.2.1:5080", "keys create")]
    [InlineData("http://127.0.0.1:0/api", "is no address to listen on")]
    [InlineData("ftp://127.0.0.1:0", "is no address to listen on")]
    [InlineData("5080", "is no address to listen on")]
    public async Task An_address_that_can_not_be_listened_on_is_named_with_the_reason(string url, string expected)
    {
        var said = await RefusedAsync(expected, "serve", "--urls", url);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_the_machine_does_not_have_is_named()
    {
        Assert.Equal(0, (await RunAsync("keys", "create", "--role", "reader")).ExitCode);
        await RefusedAsync("has no address", "serve", "--urls", "http://192.0.2.1:5080");
    }

    [Theory]
    [InlineData("recommendation.db", "profile ann", "damaged")]
    [InlineData("keys.json", "keys list", "damaged")]
    [InlineData("keys.json", "serve --urls http://127.0.0.1:0", "damaged")]
    [InlineData("receipt-key.pem", "receipt key", "damaged")]
    [InlineData("receipt-key.pem", "forget ann --yes", "damaged")]
    [InlineData("models/current.json", "models list", "damaged")]
    public async Task A_stored_file_that_is_damaged_is_named(string file, string command, string expected)
    {
        await GivenDataAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Data, file))!);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, file), new string('x', 8192));
        await RefusedAsync(expected, command.Split(' '));
    }

    [Fact]
    public async Task A_model_that_is_damaged_is_named()
    {
        Assert.Equal(0, (await RunAsync("demo")).ExitCode);
        // The model, and the candidate that was measured for it.
        foreach (var model in Directory.GetFiles(_folder.Data, "model.tar.gz", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(model, "no model");
        await RefusedAsync("model", "similar", "85123A");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_or_can_not_be_made_is_named()
    {
        var file = _folder.Write("file", "");
        Assert.Contains(
            file,
            await SaidAsync(1, "ingest", _folder.Write("e.jsonl", "{}"), "--data", file),
            StringComparison.Ordinal
        );
        await SaidAsync(1, "ingest", _folder.PathOf("e.jsonl"), "--data", "/proc/none/data");
        await SaidAsync(1, "profile", "ann", "--data", file + "/below");
        await SaidAsync(1, "keys", "create", "--role", "reader", "--data", file);
    }

    [Fact]
    public async Task A_receipt_that_can_not_be_written_is_said_before_anything_is_erased()
    {
        await GivenDataAsync();
        await RefusedAsync(
            "nothing was erased",
            "forget",
            "ann",
            "--yes",
            "--receipt",
            _folder.PathOf("none/receipt.json")
        );
        Assert.Equal(0, (await RunAsync("profile", "ann")).ExitCode);
    }

    [Fact]
    public async Task A_receipt_for_which_the_disk_has_no_room_is_said_on_the_terminal()
    {
        await GivenDataAsync();
        await RefusedAsync("\"signature\"", "forget", "ann", "--yes", "--receipt", "/dev/full");
    }

    [Fact]
    public async Task A_reader_that_ends_early_ends_an_export_quietly()
    {
        await GivenDataAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "recommend.dll");
        var closed = await CommandLineProgram.BashAsync(
            $"dotnet '{program}' export profiles --data '{_folder.Data}' > /dev/full"
        );
        Assert.Equal(1, closed.ExitCode);
        AssertNoDefect(closed.Errors);
    }

    [Theory]
    [InlineData("receipt verify none.json", 1)]
    [InlineData("items import none.csv", 1)]
    [InlineData("evaluate --log none.csv", 1)]
    [InlineData("evaluate --train none --test none", 1)]
    [InlineData("models gate --artefact none.tar.gz", 1)]
    [InlineData("quarantine redrive nonsense", 2)]
    [InlineData("profile \u0001", 2)]
    [InlineData("cost --events x", 2)]
    [InlineData("recommend ann -n 0", 2)]
    [InlineData("batch show ../..", 2)]
    [InlineData("models promote ../..", 2)]
    public async Task A_mistake_in_the_arguments_is_a_sentence(string command, int exitCode)
    {
        await GivenDataAsync();
        AssertNoDefect(await SaidAsync(exitCode, [.. command.Split(' '), "--data", _folder.Data]));
    }

    [Fact]
    public async Task Missing_credentials_of_AWS_are_named()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TABLE_NAME"] = "t",
            ["BUCKET_NAME"] = "b",
            ["STREAM_NAME"] = "s",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["HOME"] = _folder.PathOf("."),
            ["AWS_REGION"] = "eu-central-1",
        };
        var result = await CommandLineProgram.RunAsync(
            "recommend",
            environment,
            ["profile", "ann", "--platform", "aws"]
        );
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("credentials", result.Errors, StringComparison.Ordinal);
        AssertNoDefect(result.Errors);
    }

    private async Task GivenDataAsync() =>
        Assert.Equal(
            0,
            (
                await RunAsync(
                    "ingest",
                    _folder.Write(
                        "events.jsonl",
                        """{"userId":"ann","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}"""
                    )
                )
            ).ExitCode
        );

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        CommandLineProgram.RecommendAsync([.. arguments, "--data", _folder.Data]);

    private async Task<string> RefusedAsync(string expected, params string[] arguments)
    {
        var said = await SaidAsync(1, [.. arguments, "--data", _folder.Data]);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        return said;
    }

    private static async Task<string> SaidAsync(int exitCode, params string[] arguments)
    {
        var result = await CommandLineProgram.RecommendAsync(arguments);
        AssertNoDefect(result.Errors);
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Errors}");
        return result.Errors;
    }

    private static void AssertNoDefect(string errors)
    {
        Assert.DoesNotContain("defect", errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.NotEqual("", errors);
    }
}
