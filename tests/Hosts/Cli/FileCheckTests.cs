using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>What `ingest` says of a file: before it with --check, and after it.</summary>
public sealed class FileCheckTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_check_says_what_a_file_holds_and_writes_nothing()
    {
        var file = _folder.Write("events.csv", """
            visitorid,sku,event,ts,colour
            ann,9780306406157,view,1700000000,red
            ann,978030640615,addtocart,1700000100,red
            bob,9780306406158,view,1700000200,red
            bob,9780306406159,view,1700000300,red
            bob,9780306406160,view,1700000400,red
            bob,9780306406160,view,soon,red
            """);

        var (exitCode, check) = await CheckAsync(file);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["visitorid=userId", "sku=itemId", "event=interactionType", "ts=timestamp"],
            check
                .GetProperty("columns")
                .EnumerateArray()
                .Select(column => $"{column.GetProperty("name")}={column.GetProperty("meaning")}")
        );
        Assert.Equal("colour", Assert.Single(check.GetProperty("unused").EnumerateArray()).GetString());
        Assert.Equal("seconds since 1970", check.GetProperty("times").GetString());
        Assert.Equal(
            (6, 5, 1, 2, 5),
            (
                Number(check, "rows"),
                Number(check, "usable"),
                Number(check, "rejected"),
                Number(check, "users"),
                Number(check, "items")
            )
        );
        Assert.Equal(
            ("2023-11-14T22:13:20.000Z", "2023-11-14T22:20:00.000Z"),
            (check.GetProperty("first").GetString(), check.GetProperty("last").GetString())
        );
        Assert.Equal(4, Number(check.GetProperty("types"), "view"));
        Assert.Equal(1, Number(check.GetProperty("reasons"), "invalid-time"));
        Assert.StartsWith(
            "line 7, column 'ts': 'soon'",
            check.GetProperty("examples")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1 values of itemId are shorter than the 13 digits",
            check.GetProperty("notes").ToString(),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(_folder.Data), "the check made a data folder");
    }

    [Theory]
    [InlineData("userId,itemId,timestamp\na,b,never\n", 1)]
    [InlineData("userId,itemId,timestamp\na,b,never\na,b,2020-01-01\n", 0)]
    [InlineData("userId,itemId,timestamp\na,b,never\na,c,never\na,b,2020-01-01\n", 1)]
    [InlineData("userId,itemId\n", 1)]
    public async Task The_exit_code_of_a_check_is_1_where_less_than_half_can_be_used(string content, int expected)
    {
        var (exitCode, check) = await CheckAsync(_folder.Write("events.csv", content));

        Assert.Equal((expected, expected == 0), (exitCode, check.GetProperty("isUsable").GetBoolean()));
    }

    [Fact]
    public async Task Order_ids_under_the_name_of_event_ids_are_noticed_and_event_ids_can_be_made_of_columns()
    {
        var file = _folder.Write(
            "orders.csv",
            "user_id,item_id,event_id,kind\nann,tea,7,buy\nann,jam,7,buy\nann,oil,7,buy\nbob,oil,7,buy\n"
        );

        var shared = await IngestAsync(file);
        Assert.Equal((2, 2), (Number(shared, "appended"), Number(shared, "duplicates")));
        Assert.Equal(
            [
                "column 'kind' was not used; all 4 rows were taken as views",
                "2 of 4 lines have an event id that the user has already: is it an order id? use --event-id "
                    + "event_id,item_id",
            ],
            shared.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

        var whole = await IngestAsync(file, "--event-id", "event_id,item_id", "--map", "interactionType=kind");
        Assert.Equal((4, 0), (Number(whole, "appended"), Number(whole, "duplicates")));
        Assert.Empty(whole.GetProperty("notes").EnumerateArray());
        Assert.Equal(
            4,
            Number(
                await IngestAsync(file, "--event-id", "event_id,item_id", "--map", "interactionType=kind"),
                "duplicates"
            )
        );
    }

    [Fact]
    public async Task Rows_of_a_day_are_known_again_when_the_file_is_ingested_again()
    {
        var file = _folder.Write("days.csv", "userId,itemId,timestamp\nann,tea,2020-01-31\nann,jam,2020-01-31\n");

        Assert.Equal(2, Number(await IngestAsync(file), "appended"));
        Assert.Equal(2, Number(await IngestAsync(file), "duplicates"));
    }

    [Theory]
    [InlineData("userId")]
    [InlineData("userId=")]
    [InlineData("colour=sku")]
    [InlineData("0=sku")]
    public async Task A_map_that_names_no_field_is_wrong_usage(string map)
    {
        var result = await CommandLineProgram.RecommendAsync(
            "ingest",
            _folder.Write("e.csv", "a,b\n"),
            "--map",
            map,
            "--data",
            _folder.Data
        );

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("--map '", result.Errors, StringComparison.Ordinal);
    }

    private static int Number(JsonElement document, string name) => document.GetProperty(name).GetInt32();

    private async Task<(int ExitCode, JsonElement Document)> CheckAsync(string path)
    {
        var result = await CommandLineProgram.RecommendAsync(
            "ingest",
            path,
            "--check",
            "--data",
            _folder.Data,
            "--json"
        );
        return (result.ExitCode, JsonDocument.Parse(result.Output).RootElement);
    }

    private async Task<JsonElement> IngestAsync(string path, params string[] options)
    {
        var result = await CommandLineProgram.RecommendAsync([
            .. (string[])["ingest", path, "--data", _folder.Data, "--json"],
            .. options,
        ]);
        Assert.Equal("", result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
