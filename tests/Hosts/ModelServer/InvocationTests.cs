using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.ModelServer.Tests;

/// <summary>What the container answers, over real HTTP.</summary>
public sealed class InvocationTests(ServedFixture served) : IClassFixture<ServedFixture>
{
    private const string Json = "application/json";

    [Fact]
    public async Task Ping_answers_200()
    {
        using var answer = await served.Server.Http.GetAsync("ping");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Lists_are_those_of_the_model_in_the_process()
    {
        var users = Enumerable
            .Range(0, 100)
            .Select(user => Query($"user \"{user}\"", 5, [$"a{user % 12}", $"b{user % 5}", "unknown"]))
            .ToList();
        var expected = await served.Model.RankAsync(new RankUsers(users, null, default), CancellationToken.None);
        var question = $$"""{"users":[{{string.Join(',', users.Select(Write))}}]}""";

        // Several at a time: a request's users are then not shared among threads, and the lists are the same.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(question, Json)));

        foreach (var (_, answer) in answers)
        {
            Assert.Equal(served.Model.Version.Value, answer.GetProperty("modelVersion").GetString());
            Assert.Equal(
                expected.Rankings.Select(ranking =>
                    (
                        ranking.UserId.Value,
                        string.Join(
                            ' ',
                            ranking.Items.Select(item => $"{item.ItemId} {item.Score} {string.Join('+', item.Because)}")
                        )
                    )
                ),
                answer
                    .GetProperty("users")
                    .EnumerateArray()
                    .Select(user =>
                        (
                            user.GetProperty("userId").GetString()!,
                            string.Join(
                                ' ',
                                user.GetProperty("items")
                                    .EnumerateArray()
                                    .Select(item =>
                                        $"{item.GetProperty("itemId").GetString()} "
                                        + $"{item.GetProperty("score").GetRawText()} "
                                        + string.Join(
                                            '+',
                                            item.GetProperty("because").EnumerateArray().Select(one => one.GetString())
                                        )
                                    )
                            )
                        )
                    )
            );
        }
    }

    [Fact]
    public async Task Who_is_unknown_gets_the_popular_items_marked_as_such()
    {
        var (_, answer) = await PostAsync(
            """{"users":[{"userId":"u","recent":[{"itemId":"nowhere","type":"purchase"}],"count":3,"exclude":["a1"]}]}""",
            Json
        );

        var user = answer.GetProperty("users")[0];
        Assert.Equal("popular", user.GetProperty("source").GetString());
        Assert.Equal(3, user.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain("\"a1\"", user.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_systems_form_is_answered_as_that_system_expects()
    {
        var (_, answer) = await PostAsync("""{"userId":"u","interactionCount":7,"lastItemId":"a1"}""", Json);
        var expected = await served.Model.RankAsync(
            new RankUsers([Query("u", 100, ["a1"])], null, default),
            CancellationToken.None
        );
        Assert.Equal(
            expected.Rankings[0].Items.Select(item => item.ItemId.Value),
            answer
                .GetProperty("recommendations")
                .EnumerateArray()
                .Select(item => item.GetProperty("itemId").GetString())
        );

        var (_, newcomer) = await PostAsync("""{"userId":"u","interactionCount":0,"lastItemId":null}""", Json);
        Assert.Equal("popular", newcomer.GetProperty("source").GetString());
    }

    [Fact]
    public async Task Json_lines_are_answered_line_by_line()
    {
        using var answer = await SendAsync("""
            {"userId":"u","recent":[{"itemId":"a1"}],"count":2}

            {"users":[{"userId":8,"recent":[{"itemId":"b1"}],"count":1}]}
            """, "application/jsonlines");

        Assert.Equal("application/jsonlines", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(
            ("u", 2),
            (lines[0].GetProperty("userId").GetString(), lines[0].GetProperty("items").GetArrayLength())
        );
        Assert.Equal("8", lines[1].GetProperty("users")[0].GetProperty("userId").GetString());
    }

    [Theory]
    [InlineData("", "The question is no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"users\":[", "The question is no JSON")]
    [InlineData("{}", "userId can't be used. User id is missing or empty.")]
    [InlineData("""{"users":{}}""", "users is no array")]
    [InlineData("""{"users":[{"userId":"u"},7]}""", "users[1]: This is no JSON object")]
    [InlineData("""{"users":[{"recent":[]}]}""", "users[0]: userId can't be used. User id is missing or empty.")]
    [InlineData(
        """{"users":[{"userId":"u","recent":[{"itemId":"a1"},{"type":"view"}]}]}""",
        "users[0]: recent[1]: itemId can't be used. Item id is missing"
    )]
    [InlineData("""{"users":[{"userId":"u","recent":[{"itemId":"a1","at":"yesterday"}]}]}""", "at is no time")]
    [InlineData("""{"users":[{"userId":"u","recent":[{"itemId":"a1","type":"?"}]}]}""", "type is not of the form")]
    [InlineData("""{"users":[{"userId":"u","recent":[{"itemId":true}]}]}""", "neither a text nor a whole number")]
    [InlineData("""{"users":[{"userId":"u","recent":5}]}""", "recent is no array")]
    [InlineData("""{"users":[{"userId":"u","count":-1}]}""", "count is no whole number from 0")]
    [InlineData("""{"users":[{"userId":"u","count":1e9}]}""", "count is no whole number from 0")]
    [InlineData("""{"users":[{"userId":"u","exclude":["\ud800"]}]}""", "no JSON")]
    [InlineData("""{"users":[]} {}""", "The question is no JSON")]
    public async Task A_bad_question_is_answered_400_with_the_reason(string question, string reason)
    {
        var (status, answer) = await PostAsync(question, Json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_another_kind_of_content_refused()
    {
        var (_, line) = await PostAsync("{\"userId\":\"u\"}\n\n{", "application/x-ndjson");
        Assert.StartsWith("Line 3: ", line.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var (status, other) = await PostAsync("a,b", "text/csv");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("application/jsonlines", other.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_is_refused_and_the_limit_is_told()
    {
        using var parameters = await served.Server.Http.GetAsync("execution-parameters");
        Assert.Contains(
            "\"MaxPayloadInMB\":25",
            await parameters.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );

        var (status, _) = await PostAsync(new string(' ', 26 << 20), Json);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task More_users_than_one_request_may_name_are_refused()
    {
        var users = string.Join(',', Enumerable.Repeat("""{"userId":"u","recent":[]}""", 10_001));
        var (status, answer) = await PostAsync($$"""{"users":[{{users}}]}""", Json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("more than 10000 users", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_would_get_too_large_is_refused_with_what_to_do()
    {
        var id = new string('u', 200);
        var line =
            $$"""{"users":[{{string.Join(',', Enumerable.Range(0, 8_000).Select(n => $$"""{"userId":"{{id}}{{n}}","recent":[{"itemId":"a1"}],"count":100}"""))}}]}""";

        var (status, answer) = await PostAsync(string.Join('\n', Enumerable.Repeat(line, 11)), "application/jsonlines");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("Ask for fewer users", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_batch_is_answered_whole()
    {
        var users = string.Join(
            ',',
            Enumerable.Range(0, 3000).Select(user => Write(Query($"u{user}", 10, [$"a{user % 12}"])))
        );
        var (_, answer) = await PostAsync($$"""{"users":[{{users}}]}""", Json);
        Assert.Equal(
            Enumerable.Range(0, 3000).Select(user => $"u{user}"),
            answer.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("userId").GetString())
        );
    }

    private static RankUser Query(string user, int count, string[] recent) =>
        new(
            UserId.Parse(user),
            [
                .. recent.Select(
                    (item, i) =>
                        new RecentInteraction(
                            DateTimeOffset.UnixEpoch.AddDays(-i),
                            0,
                            ItemId.Parse(item),
                            InteractionType.View
                        )
                ),
            ],
            count,
            []
        );

    private static string Write(RankUser user) =>
        $$"""{"userId":{{JsonSerializer.Serialize(user.UserId.Value)}},"recent":[{{string.Join(',', user.History.Select(one => $$"""{"itemId":"{{one.ItemId}}","type":"{{one.Type}}","at":"{{one.At:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""))}}],"count":{{user.Count}},"other":[{}]}""";

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string question, string type)
    {
        using var answer = await SendAsync(question, type);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, JsonDocument.Parse(text.Length > 0 ? text : "{}").RootElement);
    }

    private Task<HttpResponseMessage> SendAsync(string question, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(question));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        // So that a body that is too large is refused before it is sent.
        var request = new HttpRequestMessage(HttpMethod.Post, "invocations")
        {
            Content = content,
            Headers = { ExpectContinue = true },
        };
        return served.Server.Http.SendAsync(request);
    }
}
