using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>A client's first request goes the SDK's way alone; later ones make the first attempt without it.</summary>
public sealed class DynamoFirstRequestFaultTests() : DynamoFaultTests(isFirst: true);

public sealed class DynamoLaterRequestFaultTests() : DynamoFaultTests(isFirst: false);

public abstract class DynamoFaultTests(bool isFirst)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(400, "ProvisionedThroughputExceededException")]
    [InlineData(400, "ThrottlingException")]
    [InlineData(500, "InternalServerError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_save_that_fails_for_a_while_is_repeated_and_stored_once(int status, string error)
    {
        var failures = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("PutItem") && failures++ < 2 ? StubAnswer.Error(status, error) : null);
        await using var fixture = await TableAsync(dynamoDb: proxy.Url);

        Assert.Equal([SaveOutcome.Saved], await fixture.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal(1, (await fixture.Profiles.LoadAsync([Some.User()], None))[Some.User()].Version);
        Assert.Equal(3, proxy.CountOf("PutItem"));
    }

    [Fact]
    public async Task A_table_that_stays_throttled_is_asked_until_the_time_limit_and_says_so()
    {
        await using var proxy = await InFrontAsync(request =>
            request.Is("PutItem") ? StubAnswer.Error(400, "ProvisionedThroughputExceededException", "slow down") : null
        );
        await using var fixture = await TableAsync(
            options => (options.RequestRetries, options.ThrottleTimeout) = (0, TimeSpan.FromMilliseconds(200)),
            proxy.Url
        );

        var outcome = Assert.Single(await fixture.Profiles.SaveAsync([Some.Profile()], Some.Position(9), None));
        Assert.Equal(SaveStatus.Failed, outcome.Status);
        Assert.Contains("ProvisionedThroughputExceededException: slow down", outcome.Reason, StringComparison.Ordinal);
        // Twenty a second at first.
        Assert.InRange(proxy.CountOf("PutItem"), 2, 10);
        Assert.Null(await fixture.Profiles.CheckpointAsync("p", None));
    }

    [Fact]
    public async Task A_table_that_fails_for_one_user_saves_the_others()
    {
        await using var proxy = await InFrontAsync(request =>
            request.Is("PutItem") && request.Text.Contains("\"u2\"", StringComparison.Ordinal)
                ? StubAnswer.Error(500, "InternalServerError")
                : null
        );
        await using var fixture = await TableAsync(options => options.RequestRetries = 0, proxy.Url);

        var outcomes = await fixture.Profiles.SaveAsync(
            [Some.Profile("u1"), Some.Profile("u2"), Some.Profile("u3")],
            null,
            None
        );
        Assert.Equal(
            [SaveStatus.Saved, SaveStatus.Failed, SaveStatus.Saved],
            outcomes.Select(outcome => outcome.Status)
        );
        Assert.Equal(
            [Some.User("u1"), Some.User("u3")],
            (await fixture.Profiles.LoadAsync([Some.User("u1"), Some.User("u2"), Some.User("u3")], None)).Keys.Order()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_connection_loses_nothing_and_counts_nothing_twice(bool afterTheWrite)
    {
        var failures = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("PutItem") && failures++ == 0 ? (afterTheWrite ? StubAnswer.LoseAnswer : StubAnswer.Drop) : null
        );
        await using var fixture = await TableAsync(dynamoDb: proxy.Url);
        var interaction = Some.Interaction() with { Position = Some.Position(1) };

        // What UpdateProfiles does: a conflict is loaded and folded again.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var before =
                (await fixture.Profiles.LoadAsync([Some.User()], None)).GetValueOrDefault(Some.User())
                ?? UserProfile.New(Some.User());
            var after = before.Apply([interaction], ProfilePolicy.Default).Profile;
            if (
                ReferenceEquals(before, after)
                || (await fixture.Profiles.SaveAsync([after], null, None))[0].Status == SaveStatus.Saved
            )
                break;
        }
        var stored = (await fixture.Profiles.LoadAsync([Some.User()], None))[Some.User()];
        Assert.Equal((1, 1), (stored.Version, stored.InteractionCount));
        Assert.Equal(2, failures);
    }

    [Fact]
    public async Task A_profile_over_the_tables_limit_is_refused_and_the_others_are_saved()
    {
        await using var fixture = await TableAsync();
        var policy = new ProfilePolicy { RecentLimit = 500 };
        var marks = Enumerable
            .Range(0, 1_900)
            .Select(i =>
                Some.Interaction() with
                {
                    Position = new Position($"{i:D4}-{new string('p', 200)}", SequenceNumber.From(1)),
                }
            );
        var huge = UserProfile.New(Some.User()).Apply([.. marks], policy).Profile;

        var outcomes = await fixture.Profiles.SaveAsync([huge, Some.Profile("u2")], null, None);
        Assert.Equal([SaveStatus.Refused, SaveStatus.Saved], outcomes.Select(outcome => outcome.Status));
        Assert.Contains("size", outcomes[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_the_table_leaves_unread_are_asked_for_again()
    {
        var asked = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("BatchGetItem") && asked++ < 3
                ? StubAnswer.Of(
                    200,
                    $$"""{"Responses":{},"UnprocessedKeys":{{Property(request.Text, "RequestItems")}}}""",
                    "application/x-amz-json-1.0"
                )
                : null
        );
        await using var fixture = await TableAsync(dynamoDb: proxy.Url);
        await fixture.Profiles.SaveAsync([Some.Profile("u1"), Some.Profile("u2")], null, None);

        Assert.Equal(2, (await fixture.Profiles.LoadAsync([Some.User("u1"), Some.User("u2")], None)).Count);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Keys_that_stay_unread_are_a_failure_and_never_taken_for_absent()
    {
        var asked = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("BatchGetItem") && ++asked > 0
                ? StubAnswer.Of(
                    200,
                    $$"""{"Responses":{},"UnprocessedKeys":{{Property(request.Text, "RequestItems")}}}""",
                    "application/x-amz-json-1.0"
                )
                : null
        );
        await using var fixture = await TableAsync(
            options => options.ThrottleTimeout = TimeSpan.FromMilliseconds(200),
            proxy.Url
        );

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            fixture.Profiles.LoadAsync([Some.User("u1"), Some.User("u2")], None)
        );
        Assert.Contains("left 2 of 2 keys unread until the time limit", problem.Message, StringComparison.Ordinal);
        Assert.InRange(asked, 2, 10);
    }

    [Fact]
    public async Task Lists_that_the_table_leaves_unwritten_are_sent_again_alone()
    {
        var sent = new List<int>();
        await using var proxy = await InFrontAsync(request =>
        {
            if (!request.Is("BatchWriteItem"))
                return null;
            sent.Add(request.Text.Split("PutRequest").Length - 1);
            return sent.Count == 1
                ? StubAnswer.Of(
                    200,
                    $$"""{"UnprocessedItems":{{Property(request.Text, "RequestItems")}}}""",
                    "application/x-amz-json-1.0"
                )
                : null;
        });
        await using var fixture = await TableAsync(dynamoDb: proxy.Url);
        var lists = new DynamoRecommendationStore(fixture.Table);

        var outcomes = await lists.SaveAsync(
            [.. Enumerable.Range(0, 20).Select(i => Some.RecommendationsFor($"u{i}"))],
            None
        );
        Assert.All(outcomes, outcome => Assert.Equal(SaveOutcome.Saved, outcome));
        Assert.Equal([20, 20], sent);
        Assert.NotNull(await lists.FindAsync(Some.User("u19"), None));
    }

    [Fact]
    public async Task Lists_that_stay_unwritten_count_as_failed()
    {
        await using var proxy = await InFrontAsync(request =>
            request.Is("BatchWriteItem")
                ? StubAnswer.Of(
                    200,
                    $$"""{"UnprocessedItems":{{Property(request.Text, "RequestItems")}}}""",
                    "application/x-amz-json-1.0"
                )
                : null
        );
        await using var fixture = await TableAsync(
            options => options.ThrottleTimeout = TimeSpan.FromMilliseconds(200),
            proxy.Url
        );

        var outcomes = await new DynamoRecommendationStore(fixture.Table).SaveAsync(
            [Some.RecommendationsFor("u1"), Some.RecommendationsFor("u2")],
            None
        );
        Assert.All(outcomes, outcome => Assert.Equal(SaveStatus.Failed, outcome.Status));
        Assert.InRange(proxy.CountOf("BatchWriteItem"), 2, 10);
    }

    [Fact]
    public async Task What_a_throttled_table_has_no_capacity_for_when_the_time_is_up_is_postponed_and_the_rest_is_saved()
    {
        using var stop = new CancellationTokenSource();
        var puts = 0;
        await using var proxy = await InFrontAsync(request =>
        {
            if (!request.Is("PutItem") || Interlocked.Increment(ref puts) == 1)
                return null;
            if (puts == 5)
                stop.CancelAfter(TimeSpan.FromMilliseconds(100));
            return StubAnswer.Error(400, "ProvisionedThroughputExceededException");
        });
        await using var fixture = await TableAsync(
            options => (options.RequestRetries, options.SavesInFlight) = (0, 4),
            proxy.Url
        );

        var outcomes = await fixture.Profiles.SaveAsync(
            [.. Enumerable.Range(0, 6).Select(i => Some.Profile($"u{i}"))],
            null,
            stop.Token
        );
        Assert.Equal(
            [(SaveStatus.Saved, 1), (SaveStatus.Postponed, 5)],
            outcomes
                .GroupBy(outcome => outcome.Status)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Count()))
        );
    }

    [Fact]
    public async Task One_list_that_the_table_refuses_does_not_cost_the_other_24()
    {
        await using var fixture = await TableAsync();
        var lists = new DynamoRecommendationStore(fixture.Table);
        var given = Enumerable.Range(0, 25).Select(i => Some.RecommendationsFor($"u{i}")).ToList();
        given[7] = Some.RecommendationsFor("u7") with { ModelVersion = null, Items = Huge() };

        var outcomes = await lists.SaveAsync(given, None);
        Assert.Equal(SaveStatus.Refused, outcomes[7].Status);
        Assert.Equal(24, outcomes.Count(outcome => outcome.Status == SaveStatus.Saved));
        Assert.NotNull(await lists.FindAsync(Some.User("u24"), None));
    }

    [Fact]
    public async Task A_cancelled_save_stops_waiting_for_a_table_that_says_nothing()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = await InFrontAsync(request =>
        {
            if (!request.Is("PutItem"))
                return null;
            arrived.TrySetResult();
            return StubAnswer.Silence;
        });
        await using var fixture = await TableAsync(dynamoDb: proxy.Url);
        using var stop = new CancellationTokenSource();

        var saving = fixture.Profiles.SaveAsync([Some.Profile()], null, stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_table_that_says_nothing_is_given_up_after_the_time_limit_of_each_attempt()
    {
        await using var proxy = await InFrontAsync(request => request.Is("PutItem") ? StubAnswer.Silence : null);
        await using var fixture = await TableAsync(
            options => (options.RequestRetries, options.RequestTimeout) = (1, TimeSpan.FromSeconds(1)), proxy.Url);

        var outcome = Assert.Single(await fixture.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal(SaveStatus.Failed, outcome.Status);
        // At most: an attempt may have run out of time before it arrived.
        var sent = proxy.Requests.Where(request => request.Is("PutItem")).ToList();
        var attempts = sent.Select(request =>
            $"{request.Header("amz-sdk-invocation-id")} {request.Header("amz-sdk-request")}"
        );
        Assert.True(sent.Count is 1 or 2, $"Attempts: {string.Join(", ", attempts)}");
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_said_so()
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            fixture.Profiles.LoadAsync([Some.User()], None)
        );
        Assert.Equal($"Table {fixture.Options.TableName} does not exist in this account and region.", problem.Message);
    }

    private async Task<AwsFixture> TableAsync(Action<AwsOptions>? configure = null, Uri? dynamoDb = null)
    {
        var fixture = await AwsFixture.WithTableAsync(configure, dynamoDb);
        if (!isFirst)
            await fixture.Profiles.LoadAsync([Some.User("nobody")], None);
        return fixture;
    }

    private static async Task<FaultProxy> InFrontAsync(Func<StubRequest, StubAnswer?> rule) =>
        await FaultProxy.StartAsync(rule, (await EmulatorServers.RunningAsync()).DynamoDb);

    private static string Property(string json, string name)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetRawText();
    }

    private static Domain.Recommendations.RankedItems Huge() => Domain.Recommendations.RankedItems.From(
        Enumerable.Range(0, 1_600).Select(i => new Domain.Recommendations.RankedItem(
            Some.Item($"{i:D4}{new string('x', 250)}"), Domain.Recommendations.Score.Of(i + 1))), 1_600);
}
