using System.Text.Json;
using Amazon.SageMakerRuntime;
using Recommendation.Application.Ports;
using Recommendation.Aws.SageMaker;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class EndpointRankerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_question_and_the_answer_are_of_the_wire_format()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(
                200,
                """
                {"modelVersion":"v7","users":[{"userId":"u2","items":[{"itemId":"b","score":0.4},{"itemId":"a","score":0.5,"because":["seen","x"]}]},{"userId":"u1","items":[]}]}
                """
            )
        );
        var query = Query("u2") with { Exclude = [Some.Item("out")] };
        var answer = await Ranker(stub)
            .RankAsync(new RankUsers([Query("u1"), query], ModelVersion.Parse("v6"), Some.Noon), None);

        var request = Assert.Single(stub.Requests);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            """{"now":"2026-03-14T12:00:00.000Z","modelVersion":"v6","users":[{"userId":"u1","recent":[{"itemId":"seen","type":"view","at":"2026-03-14T11:59:00.000Z"}],"count":10,"exclude":[]},{"userId":"u2","recent":[{"itemId":"seen","type":"view","at":"2026-03-14T11:59:00.000Z"}],"count":10,"exclude":["out"]}]}""",
            request.Text);
        Assert.Equal(ModelVersion.Parse("v7"), answer.Model);
        Assert.Equal(["u1", "u2"], answer.Rankings.Select(ranking => ranking.UserId.Value));
        Assert.All(answer.Rankings, ranking => Assert.Equal(RankingKind.Ranked, ranking.Kind));
        Assert.Equal(["a", "b"], answer.Rankings[1].Items.Select(item => item.ItemId.Value));
        Assert.Equal(["seen", "x"], answer.Rankings[1].Items[0].Because.Select(item => item.Value));
    }

    [Fact]
    public async Task What_was_not_asked_for_is_left_out()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(
                200,
                """
                {"users":[{"userId":"u1","items":[{"itemId":"seen","score":9},{"itemId":"out","score":8},{"itemId":"a","score":3},{"itemId":"b","score":2},{"itemId":"c","score":1}]}]}
                """
            )
        );
        var answer = await Ranker(stub)
            .RankAsync(
                new RankUsers([Query("u1") with { Exclude = [Some.Item("out")], Count = 2 }], null, Some.Noon),
                None
            );
        Assert.Equal(["a", "b"], answer.Rankings[0].Items.Select(item => item.ItemId.Value));
    }

    [Fact]
    public async Task A_call_holds_at_most_200_users_and_3_and_a_half_MB()
    {
        await using var stub = await FaultProxy.StartAsync(AnswerAll);
        var ranker = Ranker(stub);
        await ranker.RankAsync(
            new RankUsers([.. Enumerable.Range(0, 450).Select(i => Query($"u{i}"))], null, Some.Noon),
            None
        );
        Assert.Equal([200, 200, 50], stub.Requests.Select(request => UsersOf(request).Length));

        var large = Enumerable.Range(0, 4_000).Select(i => Some.Item($"{i:D6}{new string('x', 240)}")).ToList();
        var answer = await ranker.RankAsync(
            new RankUsers(
                [.. Enumerable.Range(0, 7).Select(i => Query($"u{i}") with { Exclude = large })],
                null,
                Some.Noon
            ),
            None
        );
        Assert.All(stub.Requests, request => Assert.InRange(request.Body.Length, 1, RankingRequest.MaximumBytes));
        Assert.Equal([3, 3, 1], stub.Requests.Skip(3).Select(request => UsersOf(request).Length));
        Assert.All(answer.Rankings, ranking => Assert.Equal(RankingKind.Ranked, ranking.Kind));
    }

    [Fact]
    public async Task A_user_whose_own_query_is_too_large_fails_alone()
    {
        await using var stub = await FaultProxy.StartAsync(AnswerAll);
        var huge = Enumerable.Range(0, 15_000).Select(i => Some.Item($"{i:D6}{new string('x', 240)}")).ToList();
        var answer = await Ranker(stub)
            .RankAsync(new RankUsers([Query("u1") with { Exclude = huge }, Query("u2")], null, Some.Noon), None);
        Assert.Equal([RankingKind.Failed, RankingKind.Ranked], answer.Rankings.Select(ranking => ranking.Kind));
    }

    [Fact]
    public async Task A_users_failure_inside_a_good_answer_is_that_users_alone()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(
                200,
                """
                {"modelVersion":"v1","users":[{"userId":"u1","error":"no such tensor"},{"userId":"u2","items":[{"itemId":"a","score":1}]},{"userId":"u3","items":[{"itemId":"a"}]},
                {"userId":"u5","items":[]},{"userId":"u5","items":[]},{"userId":"u6","source":"popular","items":[{"itemId":"p","score":1}]},{"userId":"u7","items":[{"itemId":"a","score":1e999}]}]}
                """
            )
        );
        var answer = await Ranker(stub)
            .RankAsync(new RankUsers([.. Enumerable.Range(1, 7).Select(i => Query($"u{i}"))], null, Some.Noon), None);
        Assert.Equal(
            [
                RankingKind.Failed,
                RankingKind.Ranked,
                RankingKind.Failed,
                RankingKind.Failed,
                RankingKind.Failed,
                RankingKind.Popular,
                RankingKind.Failed,
            ],
            answer.Rankings.Select(ranking => ranking.Kind)
        );
        Assert.Contains("no such tensor", answer.Rankings[0].Error, StringComparison.Ordinal);
        Assert.Contains("did not answer for a user", answer.Rankings[3].Error, StringComparison.Ordinal);
        Assert.Contains("answered twice", answer.Rankings[4].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"users":{}}""")]
    [InlineData("""{"users":[7]}""")]
    [InlineData("""{"modelVersion":"not a version!","users":[]}""")]
    public async Task A_malformed_answer_is_refused_with_a_sentence(string body)
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, body));
        var problem = await Assert.ThrowsAsync<RankerUnavailableException>(() =>
            Ranker(stub).RankAsync(Ask("u1"), None)
        );
        Assert.StartsWith(
            "Endpoint recommender answered what is no ranking",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(429, "ThrottlingException")]
    [InlineData(424, "ModelError")]
    public async Task A_call_that_fails_for_a_while_is_repeated(int status, string error)
    {
        var failures = 0;
        await using var stub = await FaultProxy.StartAsync(request =>
            failures++ < 2 ? StubAnswer.Error(status, error) : AnswerAll(request)
        );
        Assert.Equal(RankingKind.Ranked, (await Ranker(stub).RankAsync(Ask("u1"), None)).Rankings[0].Kind);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [InlineData(400, "ValidationError")]
    [InlineData(403, "AccessDeniedException")]
    public async Task A_call_that_is_refused_is_not_repeated(int status, string error)
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Error(status, error, "not like that"));
        var problem = await Assert.ThrowsAsync<RankerUnavailableException>(() =>
            Ranker(stub).RankAsync(Ask("u1"), None)
        );
        Assert.Contains("not like that", problem.Message, StringComparison.Ordinal);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_given_up_after_the_time_limit_of_each_attempt()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Silence);
        var ranker = Ranker(stub, options => options.EndpointTimeout = TimeSpan.FromSeconds(1));
        var problem = await Assert.ThrowsAsync<RankerUnavailableException>(() => ranker.RankAsync(Ask("u1"), None));
        Assert.Equal("Endpoint recommender did not answer in time.", problem.Message);
        // At most: an attempt may have run out of time before it arrived.
        Assert.InRange(stub.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task An_endpoint_that_keeps_failing_is_left_alone()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Error(500, "InternalFailure"));
        var ranker = Ranker(stub);
        var messages = new List<string>();
        for (var call = 0; call < 6; call++)
            messages.Add(
                (await Assert.ThrowsAsync<RankerUnavailableException>(() => ranker.RankAsync(Ask("u1"), None))).Message
            );
        Assert.Contains("answered InternalFailure", messages[0], StringComparison.Ordinal);
        Assert.Equal("Endpoint recommender failed too often lately and is left alone for a few seconds.", messages[^1]);
        // The circuit opens with the tenth failure, and not one call more goes out.
        Assert.Equal(10, stub.Requests.Count);
    }

    [Fact]
    public async Task A_chunk_that_fails_does_not_cost_the_others()
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            UsersOf(request).Contains("u0", StringComparer.Ordinal)
                ? StubAnswer.Error(400, "ValidationError")
                : AnswerAll(request)
        );
        var answer = await Ranker(stub)
            .RankAsync(new RankUsers([.. Enumerable.Range(0, 250).Select(i => Query($"u{i}"))], null, Some.Noon), None);
        Assert.Equal(200, answer.Rankings.Count(ranking => ranking.Kind == RankingKind.Failed));
        Assert.Equal(ModelVersion.Parse("v1"), answer.Model);
    }

    [Fact]
    public async Task A_model_that_changes_between_two_calls_fails_the_users_of_the_second()
    {
        var calls = 0;
        await using var stub = await FaultProxy.StartAsync(request => AnswerAll(request, calls++ == 0 ? "v1" : "v2"));
        var answer = await Ranker(stub)
            .RankAsync(new RankUsers([.. Enumerable.Range(0, 201).Select(i => Query($"u{i}"))], null, Some.Noon), None);
        Assert.Equal(ModelVersion.Parse("v1"), answer.Model);
        Assert.Contains(
            "from model v1 to v2",
            Assert.Single(answer.Rankings, ranking => ranking.Kind == RankingKind.Failed).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cancelled_ranking_stops_waiting()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = await FaultProxy.StartAsync(_ =>
        {
            arrived.TrySetResult();
            return StubAnswer.Silence;
        });
        using var stop = new CancellationTokenSource();
        var ranking = Ranker(stub).RankAsync(Ask("u1"), stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ranking.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("""["a","b"]""")]
    [InlineData("""{"recommendations":["a","b"]}""")]
    [InlineData("""[{"itemId":"b","score":0.1},{"itemId":"a","score":0.2}]""")]
    [InlineData("""{"recommendations":[{"itemId":"a","score":0.2},{"itemId":"b","score":0.1}]}""")]
    public async Task An_endpoint_of_the_reference_is_asked_in_its_form_and_all_its_answers_are_read(string body)
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, body));
        var answer = await Ranker(stub, options => options.EndpointFormat = EndpointFormat.SingleUser)
            .RankAsync(new RankUsers([Query("u1")], ModelVersion.Parse("v1"), Some.Noon), None);
        Assert.Equal("""{"userId":"u1","interactionCount":1,"lastItemId":"seen"}""", Assert.Single(stub.Requests).Text);
        Assert.Equal(["a", "b"], answer.Rankings[0].Items.Select(item => item.ItemId.Value));
    }

    [Theory]
    [InlineData("""{"userId":"u1","source":"popular","recommendations":["a"]}""", RankingKind.Popular)]
    [InlineData("""{"userId":"u1","recommendations":["a"]}""", RankingKind.Ranked)]
    public async Task In_the_form_of_the_reference_the_count_is_of_all_interactions_and_popular_items_are_called_so(
        string body,
        RankingKind kind
    )
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, body));
        var answer = await Ranker(stub, options => options.EndpointFormat = EndpointFormat.SingleUser)
            .RankAsync(new RankUsers([Query("u1") with { InteractionCount = 734 }], null, Some.Noon), None);
        Assert.Equal(
            """{"userId":"u1","interactionCount":734,"lastItemId":"seen"}""",
            Assert.Single(stub.Requests).Text
        );
        Assert.Equal(kind, answer.Rankings[0].Kind);
    }

    [Fact]
    public async Task In_the_form_of_the_reference_a_users_failure_is_that_users_alone()
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            StubAnswer.Of(
                200,
                request.Text.Contains("\"u1\"", StringComparison.Ordinal) ? """{"message":"?"}""" : """["a"]"""
            )
        );
        var answer = await Ranker(stub, options => options.EndpointFormat = EndpointFormat.SingleUser)
            .RankAsync(new RankUsers([Query("u1"), Query("u2")], null, Some.Noon), None);
        Assert.Equal([RankingKind.Failed, RankingKind.Ranked], answer.Rankings.Select(ranking => ranking.Kind));
    }

    internal static EndpointRanker Ranker(FaultProxy stub, Action<AwsOptions>? configure = null)
    {
        var options = new AwsOptions
        {
            EndpointName = "recommender",
            RequestRetries = 2,
            EndpointRetryDelay = TimeSpan.FromMilliseconds(1),
        };
        configure?.Invoke(options);
        var client = new AmazonSageMakerRuntimeClient(
            AwsFixture.Credentials,
            AwsFixture.At(AwsClients.SageMakerRuntime(options), stub.Url)
        );
        return new EndpointRanker(
            new EndpointCalls(client, options, TimeProvider.System, new Random(1)),
            EventTypeSettings.Default,
            options
        );
    }

    internal static RankUser Query(string user) =>
        new(
            Some.User(user),
            [new RecentInteraction(Some.Noon.AddMinutes(-1), 0, Some.Item("seen"), InteractionType.View)],
            10,
            []
        );

    private static RankUsers Ask(string user) => new([Query(user)], null, Some.Noon);

    internal static string[] UsersOf(StubRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return
        [
            .. json
                .RootElement.GetProperty("users")
                .EnumerateArray()
                .Select(user => user.GetProperty("userId").GetString()!),
        ];
    }

    private static StubAnswer AnswerAll(StubRequest request) => AnswerAll(request, "v1");

    private static StubAnswer AnswerAll(StubRequest request, string model) =>
        StubAnswer.Of(
            200,
            JsonSerializer.Serialize(
                new
                {
                    modelVersion = model,
                    users = UsersOf(request)
                        .Select(user => new { userId = user, items = new[] { new { itemId = "a", score = 0.5 } } }),
                }
            )
        );
}
