using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Recommendation.Emulators;

namespace Recommendation.Cli.Tests;

/// <summary>
/// The commands on DynamoDB, S3 and Kinesis servers, as processes of their own that find them
/// through the SDK's variables.
/// </summary>
public sealed class AwsPlatformTests
{
    private const string Now = "2010-12-20T16:08:00Z";

    private static readonly string s_sample = Path.Combine(Repository.Root, "samples", "online-retail-2010-12.csv.gz");

    [Fact]
    public async Task The_sample_gives_the_same_profiles_and_lists_as_on_one_machine()
    {
        using var folder = new DataFolder();
        var aws = await AwsPlatform.NewAsync();
        await aws.JsonAsync("platform", "init", "--shards", "3");
        Assert.Equal(25_119, (await aws.JsonAsync("ingest", s_sample)).GetProperty("appended").GetInt64());
        var applied = await aws.JsonAsync("stream", "--until-empty");
        // A save whose answer came too late is repeated and then finds its events applied, so they are among the
        // copies; the profiles are compared below.
        Assert.True(
            applied.GetProperty("counted").GetInt64() + applied.GetProperty("dropped").GetInt64() == 25_119,
            applied.GetRawText()
        );
        Assert.Equal(0, (await aws.JsonAsync("stream", "--until-empty")).GetProperty("records").GetInt64());
        var model = await aws.JsonAsync("train", "--fast", "--as-of", Now);
        var run = await aws.JsonAsync("batch", "run", "--id", "nightly", "--as-of", Now);
        Assert.Equal(860, run.GetProperty("active").GetInt32());
        Assert.Equal(0, run.GetProperty("failed").GetInt32());

        // The catalogue can't be listed on AWS, so the model there has no content: here the titles come afterwards.
        var events = folder.Write("events.jsonl", string.Join('\n', await aws.ExportAsync("interactions")));
        await LocallyAsync("ingest", events);
        var here = await LocallyAsync("train", "--fast", "--as-of", Now);
        Assert.True(JsonElement.DeepEquals(here, model), model.GetRawText());
        await LocallyAsync("batch", "run", "--id", "nightly", "--as-of", Now);
        Assert.Equal(0, (await LocallyAsync("ingest", s_sample)).GetProperty("appended").GetInt64());
        var shown = await aws.JsonAsync("recommend", "12748", "--as-of", Now);
        var expected = await LocallyAsync("recommend", "12748", "--as-of", Now);
        Assert.Equal(WithoutId(expected), WithoutId(shown));
        Assert.Equal(
            Lines(await CommandLineProgram.RecommendAsync("export", "profiles", "--data", folder.Data)),
            await aws.ExportAsync("profiles")
        );
        Assert.Equal(
            Lists(await CommandLineProgram.RecommendAsync("export", "recommendations", "--data", folder.Data)),
            Lists(await aws.RunAsync("export", "recommendations")));

        async Task<JsonElement> LocallyAsync(params string[] arguments)
        {
            var result = await CommandLineProgram.RecommendAsync([.. arguments, "--data", folder.Data, "--json"]);
            Assert.True(result.ExitCode == 0, result.Output);
            return JsonDocument.Parse(result.Output).RootElement;
        }
    }

    /// <summary>Each list has another id.</summary>
    private static string WithoutId(JsonElement list)
    {
        var members = JsonNode.Parse(list.GetRawText())!.AsObject();
        members.Remove("recommendationId");
        return members.ToJsonString();
    }

    [Fact]
    public async Task A_lost_table_is_rebuilt_from_the_archive_and_an_erased_user_stays_erased()
    {
        var aws = await AwsPlatform.NewAsync();
        await aws.JsonAsync("platform", "init");
        await aws.JsonAsync("ingest", s_sample);
        await aws.JsonAsync("stream", "--until-empty");
        Assert.Equal(
            297,
            (await aws.JsonAsync("forget", "17850", "--yes")).GetProperty("interactionsRemoved").GetInt64()
        );
        var before = await aws.ExportAsync("profiles");
        Assert.Equal(859, before.Length);

        var empty = aws.WithTable("rebuilt-" + Guid.NewGuid().ToString("N"));
        await empty.JsonAsync("platform", "init");
        Assert.Equal(859, (await empty.JsonAsync("rebuild")).GetProperty("written").GetInt64());
        Assert.Equal(before, await empty.ExportAsync("profiles"));
    }

    [Fact]
    public async Task The_other_commands_answer_as_they_do_on_one_machine()
    {
        using var folder = new DataFolder();
        var aws = await AwsPlatform.NewAsync();
        await aws.JsonAsync("platform", "init");
        var events = folder.Write("events.jsonl", """
            {"userId":"ann","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}
            {"userId":"ann","itemId":"cup","timestamp":"2026-01-31T12:01:00Z"}
            {"userId":"bob","itemId":"tea","timestamp":"2026-01-31T12:02:00Z"}
            {"userId":"bob","itemId":"tea","timestamp":"2999-01-31T12:02:00Z"}
            """);
        Assert.Equal(1, (await aws.JsonAsync("ingest", events)).GetProperty("rejected").GetInt64());
        await aws.JsonAsync("stream", "--until-empty");
        Assert.Equal("cup", (await aws.JsonAsync("profile", "ann")).GetProperty("lastItemId").GetString());
        Assert.Equal(1, (await aws.JsonAsync("quarantine", "list")).GetProperty("records").GetArrayLength());
        Assert.Equal(1, (await aws.JsonAsync("quarantine", "redrive")).GetProperty("stillRejected").GetArrayLength());
        var first = (await aws.JsonAsync("train", "--as-of", "2026-02-01T00:00:00Z"))
            .GetProperty("version")
            .GetString();
        await aws.JsonAsync("items", "import", folder.Write("items.csv", "itemId,title\ncup,A cup\n"));
        var similar = (await aws.JsonAsync("similar", "tea")).GetProperty("recommendations")[0];
        Assert.Equal("A cup", similar.GetProperty("title").GetString());
        Assert.Equal(first, (await aws.JsonAsync("models", "promote", first!)).GetProperty("current").GetString());
        Assert.Equal(1, (await aws.JsonAsync("models", "list")).GetProperty("models").GetArrayLength());
        await aws.JsonAsync("batch", "run", "--id", "r1", "--as-of", "2026-02-01T00:00:00Z");
        Assert.Equal(
            "completed",
            (await aws.JsonAsync("batch", "show", "r1")).GetProperty("run").GetProperty("state").GetString()
        );
        Assert.Equal(1, (await aws.JsonAsync("batch", "list")).GetProperty("runs").GetArrayLength());
        Assert.Equal(1, (await aws.RunAsync("batch", "resume", "r1")).ExitCode);
        Assert.Equal(1, (await aws.RunAsync("batch", "cancel", "r1")).ExitCode);
        Assert.Equal(1, (await aws.RunAsync("models", "rollback")).ExitCode);
        Assert.Equal(2, (await aws.RunAsync("demo")).ExitCode);
    }

    [Fact]
    public async Task Documents_of_the_AWS_commands_are_those_of_the_page()
    {
        var aws = await AwsPlatform.NewAsync();
        await aws.CreateReferenceTableAsync();
        var seen = 0;
        foreach (
            var (command, documented) in DocumentedJson
                .All()
                .Where(section => section.Command.Contains("--platform aws", StringComparison.Ordinal))
        )
        {
            var arguments = command
                .Replace(" --platform aws", "", StringComparison.Ordinal)
                .Replace("old-user-profiles", aws.ReferenceTable, StringComparison.Ordinal)
                .Replace("user-profiles", aws.Table, StringComparison.Ordinal);
            Assert.Equal(
                DocumentedJson.Shape(documented),
                DocumentedJson.Shape(await aws.JsonAsync(arguments.Split(' ')))
            );
            seen++;
        }
        Assert.Equal(3, seen);
    }

    [Theory]
    [InlineData("TABLE_NAME")]
    [InlineData("BUCKET_NAME")]
    [InlineData("STREAM_NAME")]
    public async Task A_missing_setting_is_named_with_exit_code_2(string name)
    {
        var aws = await AwsPlatform.NewAsync();
        var result = await aws.Without(name).RunAsync("batch", "list");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(name, result.Errors, StringComparison.Ordinal);
    }

    private static string[] Lines(ProgramResult exported) => AwsPlatform.Sorted(exported.Output);

    /// <summary>Without what tells one run from another: its id, and how often a profile had been saved.</summary>
    private static string[] Lists(ProgramResult exported) =>
        [
            .. AwsPlatform
                .Sorted(exported.Output)
                .Select(line =>
                {
                    var list = JsonDocument.Parse(line).RootElement;
                    return $"{list.GetProperty("userId")} {list.GetProperty("recommendations")} "
                        + $"{list.GetProperty("source")} {list.GetProperty("modelVersion")}";
                }),
        ];
}

/// <summary>A table, bucket and stream of a test's own on the servers of this run.</summary>
internal sealed record AwsPlatform(IReadOnlyDictionary<string, string> Environment)
{
    internal string Table => Environment["TABLE_NAME"];

    internal string ReferenceTable => Table + "-reference";

    internal static async Task<AwsPlatform> NewAsync()
    {
        var servers = await EmulatorServers.RunningAsync();
        var name = "cli-" + Guid.NewGuid().ToString("N");
        return new AwsPlatform(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = servers.DynamoDb.ToString(),
            ["AWS_ENDPOINT_URL_S3"] = servers.S3.ToString(),
            ["AWS_ENDPOINT_URL_KINESIS"] = servers.Kinesis.ToString(),
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["TABLE_NAME"] = name,
            ["BUCKET_NAME"] = name,
            ["STREAM_NAME"] = name,
        });
    }

    internal AwsPlatform WithTable(string name) =>
        new(new Dictionary<string, string>(Environment, StringComparer.Ordinal) { ["TABLE_NAME"] = name });

    internal AwsPlatform Without(string name) =>
        new(
            Environment
                .Where(pair => !string.Equals(pair.Key, name, StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal)
        );

    internal Task<ProgramResult> RunAsync(params string[] arguments) =>
        CommandLineProgram.RunAsync("recommend", Environment, [.. arguments, "--platform", "aws"]);

    internal async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    internal async Task<string[]> ExportAsync(string what)
    {
        var result = await RunAsync("export", what);
        Assert.Equal("", result.Errors);
        return Sorted(result.Output);
    }

    internal static string[] Sorted(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    /// <summary>A table as the reference system keeps it, with one user.</summary>
    internal async Task CreateReferenceTableAsync()
    {
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonDynamoDBConfig { ServiceURL = Environment["AWS_ENDPOINT_URL_DYNAMODB"] }
        );
        await dynamo.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = ReferenceTable,
                KeySchema = [new KeySchemaElement("userId", KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition("userId", ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            }
        );
        await dynamo.PutItemAsync(
            ReferenceTable,
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["userId"] = new("ann"),
                ["interactionCount"] = new() { N = "3" },
                ["lastItemId"] = new("tea"),
                ["lastInteraction"] = new("2026-01-31T12:00:00Z"),
            }
        );
    }
}
