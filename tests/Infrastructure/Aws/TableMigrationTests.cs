using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.Migration;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Emulators;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.Tests;

public sealed class TableMigrationTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _source = $"reference-{Guid.NewGuid():N}";
    private AwsFixture _fixture = null!;

    private MigrationTables Tables => new(_source, _fixture.Options.TableName!);

    public async Task InitializeAsync()
    {
        _fixture = await AwsFixture.WithTableAsync();
        await _fixture.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = _source,
            AttributeDefinitions = [new AttributeDefinition("userId", ScalarAttributeType.S)],
            KeySchema = [new KeySchemaElement("userId", KeyType.HASH)],
            ProvisionedThroughput = new ProvisionedThroughput(5, 5),
        });
        await AwsFixture.ActiveAsync(_fixture.Dynamo, _source);
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("2026-03-14T12:00:00.5Z")]
    [InlineData("2026-03-14T12:00:00.500000")]
    [InlineData("2026-03-14T14:00:00.500+02:00")]
    [InlineData("1773489600500")]
    [InlineData("2026-03-14 12:00:00.500")]
    public async Task An_item_comes_over_with_its_count_and_last_interaction_whatever_the_form_of_its_times(string time)
    {
        await PutAsync(ItemOf("u1", 7, time));
        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);

        Assert.True(migrated.IsComplete);
        var profile = (await _fixture.Profiles.LoadAsync([Some.User()], None))[Some.User()];
        Assert.Equal(
            (7, Some.Noon.AddMilliseconds(500), "last-item"),
            (profile.InteractionCount, profile.LastInteraction, profile.LastItemId!.Value.Value)
        );
        Assert.Equal([new TypeCount(InteractionType.Other, 7)], profile.Counts);
        Assert.Equal(1, profile.Version);
    }

    [Fact]
    public async Task A_migrated_profile_counts_on()
    {
        await PutAsync(ItemOf("u1", 7, "2026-03-14T12:00:00Z"));
        await Migration().RunAsync(Tables, dryRun: false, progress: null, None);
        var profile = (await _fixture.Profiles.LoadAsync([Some.User()], None))[Some.User()];
        var later = Some.Interaction(item: "new") with
        {
            OccurredAt = Some.Noon.AddHours(1),
            ArrivedAt = Some.Noon.AddHours(1),
            Position = Some.Position(1),
        };

        Assert.Equal(
            [SaveOutcome.Saved],
            await _fixture.Profiles.SaveAsync([profile.Apply([later], ProfilePolicy.Default).Profile], null, None)
        );
        var after = (await _fixture.Profiles.LoadAsync([Some.User()], None))[Some.User()];
        Assert.Equal((8, "new"), (after.InteractionCount, after.LastItemId!.Value.Value));
    }

    [Fact]
    public async Task A_last_item_and_a_user_that_were_stored_as_numbers_come_over_as_texts()
    {
        var item = ItemOf("u1", 7, "2026-03-14T12:00:00Z");
        item["lastItemId"] = new AttributeValue { N = "42" };
        await PutAsync(item);

        Assert.True((await Migration().RunAsync(Tables, dryRun: false, progress: null, None)).IsComplete);
        Assert.Equal("42", (await LoadAsync("u1")).LastItemId!.Value.Value);
    }

    [Fact]
    public async Task Seconds_since_1970_are_not_taken_for_milliseconds()
    {
        var item = ItemOf("u1", 7, "1773489600");
        item["lastInteraction"] = new AttributeValue { N = "1773489600" };
        await PutAsync(item);

        await Migration().RunAsync(Tables, dryRun: false, progress: null, None);

        Assert.Equal(Some.Noon, (await LoadAsync("u1")).LastInteraction);
    }

    [Theory]
    [InlineData("lastItemId", "", "no lastItemId")]
    [InlineData("lastInteraction", "2099-01-01T00:00:00Z", "can't be right")]
    [InlineData("lastInteraction", "1971-01-01T00:00:00Z", "can't be right")]
    [InlineData("lastInteraction", "yesterday", "no lastInteraction")]
    public async Task A_user_whose_last_interaction_can_not_be_used_keeps_the_count_and_becomes_active_with_the_next_event(
        string attribute, string value, string reason)
    {
        var item = ItemOf("u1", 7, "2026-03-14T12:00:00Z");
        item[attribute] = new AttributeValue(value);
        if (value.Length == 0)
            item.Remove(attribute);
        await PutAsync(item);

        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);

        Assert.Equal((1, 0, 1), (migrated.Written, migrated.Rejected, migrated.Incomplete));
        Assert.Contains(reason, Assert.Single(migrated.Examples), StringComparison.Ordinal);
        var profile = await LoadAsync("u1");
        Assert.Equal((7, null), (profile.InteractionCount, profile.LastInteraction));
        var next = Some.Interaction(item: "new") with { Position = Some.Position(1) };
        Assert.Equal(
            [SaveOutcome.Saved],
            await _fixture.Profiles.SaveAsync([profile.Apply([next], ProfilePolicy.Default).Profile], null, None)
        );
        profile = await LoadAsync("u1");
        Assert.Equal((8, next.OccurredAt), (profile.InteractionCount, profile.LastInteraction));
        Assert.NotNull(profile.ActiveBucket);
    }

    [Fact]
    public async Task A_list_under_a_name_of_its_own_or_as_JSON_text_comes_over_and_what_is_no_list_is_named()
    {
        var list = new AttributeValue { L = [new AttributeValue("a"), new AttributeValue { N = "7" }] };
        var forms = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["u1"] = new() { M = new Item(StringComparer.Ordinal) { ["recommendations"] = list } },
            ["u2"] = new("""{"recommendations":[{"itemId":"a","score":0.5},{"itemId":7,"score":0.25}]}"""),
            ["u3"] = new("""["a",7]"""),
            ["u4"] = new("none yet"),
            ["u5"] = new() { L = [] },
        };
        await PutAsync([.. forms.Select(form =>
        {
            var item = ItemOf(form.Key, 1, "2026-03-14T12:00:00Z");
            item["recommendations"] = form.Value;
            return item;
        })]);

        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);

        Assert.Equal((5, 3, 1), (migrated.Written, migrated.Lists, migrated.Incomplete));
        Assert.Contains("'u4'", Assert.Single(migrated.Examples), StringComparison.Ordinal);
        foreach (var user in new[] { "u1", "u2", "u3" })
            Assert.Equal(["a", "7"], (await ListAsync(user))!.Items.Select(item => item.ItemId.Value));
    }

    [Fact]
    public async Task Lists_come_over_in_both_forms_and_are_never_taken_for_fresh()
    {
        var maps = ItemOf("u1", 1, "2026-03-14T12:00:00Z");
        maps["recommendations"] = new AttributeValue
        {
            L =
            [
                new AttributeValue
                {
                    M = new Item(StringComparer.Ordinal)
                    {
                        ["itemId"] = new AttributeValue("b"),
                        ["score"] = new AttributeValue("0.25"),
                    },
                },
                new AttributeValue
                {
                    M = new Item(StringComparer.Ordinal)
                    {
                        ["itemId"] = new AttributeValue("a"),
                        ["score"] = new AttributeValue { N = "0.5" },
                    },
                },
            ],
        };
        var ids = ItemOf("u2", 1, "2026-03-14T12:00:00Z");
        ids["recommendations"] = new AttributeValue { L = [new AttributeValue("a"), new AttributeValue("b")] };
        await PutAsync(maps, ids);

        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);
        Assert.Equal(2, migrated.Lists);
        foreach (var user in new[] { "u1", "u2" })
        {
            var list = (await ListAsync(user))!;
            Assert.Equal(["a", "b"], list.Items.Select(item => item.ItemId.Value));
            Assert.Equal(0, list.ProfileVersion);
        }
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_says_what_would_be_written()
    {
        await PutAsync(ItemOf("u1", 7, "2026-03-14T12:00:00Z"), ItemOf("u2", 5, "2026-03-14T12:00:00Z"));
        var migrated = await Migration().RunAsync(Tables, dryRun: true, progress: null, None);
        Assert.Equal((2, 2, 12), (migrated.Items, migrated.Written, migrated.SourceInteractions));
        Assert.Empty(await TargetAsync());
    }

    [Fact]
    public async Task A_migration_that_was_stopped_goes_on_and_the_counts_agree_at_the_end()
    {
        await PutAsync([.. Enumerable.Range(0, 1_200).Select(i => ItemOf($"u{i}", i + 1, "2026-03-14T12:00:00Z"))]);
        using var stop = new CancellationTokenSource();
        var first = new Progress(() => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Migration().RunAsync(Tables, dryRun: false, first, stop.Token)
        );
        var done = (await TargetAsync()).Count;
        Assert.InRange(done, 1, 1_199);

        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);
        Assert.Equal((1_200, 1_200 - done, done), (migrated.Items, migrated.Written, migrated.AlreadyThere));
        Assert.Equal((720_600, 720_600), (migrated.SourceInteractions, migrated.TargetInteractions));
        Assert.True(migrated.IsComplete);
        Assert.Equal(1_200, (await TargetAsync()).Count);
    }

    [Fact]
    public async Task The_source_is_only_read()
    {
        await PutAsync(ItemOf("u1", 7, "2026-03-14T12:00:00Z"));
        await using var proxy = await FaultProxy.StartAsync(_ => null, (await EmulatorServers.RunningAsync()).DynamoDb);
        await using var observed = await AwsFixture.ConnectAsync(dynamoDb: proxy.Url);
        await Migration(observed).RunAsync(Tables, dryRun: false, progress: null, None);
        Assert.Equal(
            ["DescribeTable", "Scan"],
            proxy
                .Requests.Where(request => request.Text.Contains(_source, StringComparison.Ordinal))
                .Select(request => request.Operation)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_can_not_be_read_and_who_is_behind_is_named_and_the_migration_is_not_complete()
    {
        var noTime = ItemOf("u3", 2, "yesterday");
        var noCount = ItemOf("u4", 2, "2026-03-14T12:00:00Z");
        noCount.Remove("interactionCount");
        await PutAsync(
            ItemOf("u1", 7, "2026-03-14T12:00:00Z"),
            ItemOf("u2", 1, "2026-03-14T12:00:00Z"),
            noTime,
            noCount
        );
        await _fixture.Profiles.SaveAsync([Some.Profile("u1"), Some.Profile("u2")], null, None);

        var migrated = await Migration().RunAsync(Tables, dryRun: false, progress: null, None);
        Assert.Equal(
            (4, 1, 1, 1, 1, 1),
            (
                migrated.Items,
                migrated.Written,
                migrated.AlreadyThere,
                migrated.Behind,
                migrated.Rejected,
                migrated.Incomplete
            )
        );
        Assert.False(migrated.IsComplete);
        Assert.Contains("User 'u1' has 1 interactions in the target and 7 in the source.", migrated.Examples);
        Assert.Contains(
            migrated.Examples,
            one =>
                one.StartsWith(
                    "The item of user 'u3' has no lastInteraction that can be read.",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("The item of user 'u4' has no interactionCount.", migrated.Examples);
        Assert.Equal(2, (await _fixture.Profiles.LoadAsync([Some.User("u3")], None))[Some.User("u3")].InteractionCount);
        Assert.Equal(1, (await _fixture.Profiles.LoadAsync([Some.User("u1")], None))[Some.User("u1")].InteractionCount);
    }

    [Fact]
    public async Task Tables_that_can_not_be_the_source_or_the_target_are_refused()
    {
        var target = _fixture.Options.TableName!;
        await Assert.ThrowsAsync<RefusedException>(() =>
            Migration().RunAsync(new MigrationTables(target, target), dryRun: true, null, None)
        );
        await Assert.ThrowsAsync<RefusedException>(() =>
            Migration().RunAsync(new MigrationTables(target, _source), dryRun: true, null, None)
        );
        await using var other = await AwsFixture.WithTableAsync();
        await Assert.ThrowsAsync<RefusedException>(() =>
            Migration().RunAsync(new MigrationTables(other.Options.TableName!, target), dryRun: true, null, None)
        );
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            Migration().RunAsync(new MigrationTables("no-such-table", target), dryRun: true, null, None)
        );
    }

    private TableMigration Migration(AwsFixture? fixture = null)
    {
        var over = fixture ?? _fixture;
        return new TableMigration(over.Dynamo, over.Options, over.Backoff, ProfilePolicy.Default, TimeProvider.System);
    }

    private static Item ItemOf(string user, int count, string time) => new(StringComparer.Ordinal)
    {
        ["userId"] = new AttributeValue(user),
        ["interactionCount"] = new AttributeValue { N = count.ToString(CultureInfo.InvariantCulture) },
        ["lastInteraction"] = new AttributeValue(time),
        ["lastItemId"] = new AttributeValue("last-item"),
        ["lastUpdated"] = new AttributeValue(time),
    };

    private async Task PutAsync(params Item[] items)
    {
        foreach (var chunk in items.Chunk(25))
        {
            await _fixture.Dynamo.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal)
            {
                [_source] = [.. chunk.Select(item => new WriteRequest(new PutRequest(item)))],
            });
        }
    }

    private async Task<UserProfile> LoadAsync(string user) =>
        (await _fixture.Profiles.LoadAsync([Some.User(user)], None))[Some.User(user)];

    private Task<RecommendationList?> ListAsync(string user) =>
        new DynamoRecommendationStore(_fixture.Table).FindAsync(Some.User(user), None);

    private async Task<List<UserProfile>> TargetAsync()
    {
        var all = new List<UserProfile>();
        await foreach (var profile in _fixture.Profiles.AllAsync(None))
            all.Add(profile);
        return all;
    }

    private sealed class Progress(Action first) : IProgress<MigratedTable>
    {
        public void Report(MigratedTable value) => first();
    }
}
