using System.Diagnostics;
using System.Net;
using Recommendation.Client;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The client against the real API.</summary>
public sealed class ApiTests(Server server) : IClassFixture<Server>
{
    [Fact]
    public async Task Events_and_impressions_are_sent_and_lists_come_back()
    {
        await using var program = Program();
        var client = program.Client;
        var sent = await client.Events.SendAsync(
        [
            new RecommendationEvent { UserId = "eve", ItemId = "kettle", InteractionType = "purchase", Value = 2 },
            new RecommendationEvent
            {
                UserId = "eve",
                ItemId = "jug",
                Timestamp = TimeProvider.System.GetUtcNow().AddDays(1),
            },
        ]);
        Assert.Equal((1, 0, 1), (sent.Accepted, sent.Duplicates, sent.Rejected));
        Assert.Equal("rejected", sent.Results[1].Status);

        var list = await client.Lists.ForUserAsync(
            "zoe", new UserListOptions { Count = 3, Fields = ["price"], Explain = false });
        Assert.Equal("popular", list.Source);
        Assert.Contains(list.Items, item => item.ItemId == "kettle");
        var seen = await client.Events.SendImpressionsAsync(
            new Impressions("zoe", ["kettle"]) { RecommendationId = list.RecommendationId });
        Assert.Equal(1, seen.Accepted);
        Assert.Empty(seen.RecommendationIdProblems);

        Assert.Contains((await client.Lists.PopularAsync()).Items, item => item.ItemId == "kettle");
        Assert.DoesNotContain(
            (await client.Lists.PopularAsync(new PopularListOptions { Exclude = ["kettle", "a,b\\"] })).Items,
            item => item.ItemId == "kettle");
        var session = await client.Lists.RequestAsync(new ListRequest
        {
            History = [new SessionEvent("kettle") { Timestamp = TimeProvider.System.GetUtcNow() }],
            Context = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["device"] = "mobile" },
            Count = 5,
        });
        Assert.DoesNotContain(session.Items, item => item.ItemId == "kettle");
        Assert.Equal("default", session.Scenario);
    }

    [Fact]
    public async Task Items_are_put_patched_found_and_deleted()
    {
        await using var program = Program();
        var items = program.Client.Items;
        Assert.Equal(2, await items.PutAsync(
        [
            new CatalogItem
            {
                ItemId = "cup/1",
                Title = "Blue cup",
                Categories = ["Home > Kitchen"],
                Price = 4.5,
                Currency = "EUR",
                CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
                {
                    ["shade"] = "blue",
                    ["weight"] = 0.3,
                    ["fragile"] = true,
                    ["labels"] = new[] { "new", "sale" },
                    ["vector"] = new[] { 0.5, 1 },
                },
            },
            new CatalogItem { ItemId = "popular", Title = "A popular name" },
        ]));
        var cup = await items.GetAsync("cup/1");
        Assert.Equal(("Blue cup", 4.5, true), (cup.Title, cup.Price, cup.Available));
        Assert.Equal(2026, cup.CreatedAt!.Value.Year);
        Assert.Equal(
            "fragile=true labels=new, sale shade=blue vector=0.5, 1 weight=0.3",
            string.Join(' ', cup.Attributes!.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key}={one.Value}")));

        var patched = await items.PatchAsync(
            "cup/1",
            new ItemPatch
            {
                Title = "Green cup",
                Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["shade"] = "green" },
            }.Remove("price", "weight"));
        Assert.Equal(("Green cup", null), (patched.Title, patched.Price));
        Assert.Equal("green", patched.Attributes!["shade"].Value);
        Assert.DoesNotContain("weight", patched.Attributes);
        Assert.Equal("A popular name", (await items.GetAsync("popular")).Title);
        Assert.Equal("cup/1", Assert.Single((await items.SearchAsync("green")).Items).ItemId);
        await items.DeleteAsync("cup/1");
        Assert.Equal("popular", Assert.Single(await items.FindAsync(["cup/1", "popular"])).ItemId);
        await items.DeleteAsync("popular");
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("%2E")]
    [InlineData("%252e")]
    [InlineData("a/b c?d#é%2F")]
    public async Task Any_id_is_one_segment_of_a_path(string id)
    {
        await using var program = Program();
        var users = program.Client.Users;
        var put = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["id"] = id };
        await users.PutAttributesAsync(id, put);
        Assert.Equal(id, (await users.GetAttributesAsync(id))["id"].Value);
        Assert.Empty(await users.PatchAttributesAsync(id, new Dictionary<string, AttributeValue?> { ["id"] = null }));
    }

    [Fact]
    public async Task A_user_is_shown_and_erased_with_a_receipt()
    {
        await using var program = Program();
        await program.Client.Events.SendAsync(new RecommendationEvent { UserId = "tom", ItemId = "pot" });
        var user = await program.Client.Users.GetAsync("tom");
        Assert.Equal((1L, "pot"), (user.InteractionCount, user.LastItemId));
        Assert.Equal("view", Assert.Single(user.Recent).Type);
        var erasure = await program.Client.Users.EraseAsync("tom");
        Assert.True(erasure.IsFinished);
        Assert.Contains("\"signature\"", erasure.Receipt, StringComparison.Ordinal);
        var problem = await Assert.ThrowsAsync<RecommendationApiException>(() => program.Client.Users.GetAsync("tom"));
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (problem.Status, problem.Code));
        Assert.NotEmpty(problem.RequestId!);
    }

    [Fact]
    public async Task A_visitor_who_logs_in_is_one_person_with_the_user()
    {
        await using var program = Program();
        var (events, users) = (program.Client.Events, program.Client.Users);
        await events.SendAsync(new RecommendationEvent { UserId = "anon-7", ItemId = "lid" });
        await events.SendAsync(new RecommendationEvent { UserId = "una", ItemId = "jar" });
        await users.MergeAsync("anon-7", "una");
        await users.MergeAsync("anon-7", "una");
        Assert.Equal(["jar", "lid"], (await users.GetAsync("una")).Recent.Select(one => one.ItemId).Order());
        await events.SendAsync(new RecommendationEvent { UserId = "uwe", ItemId = "jar" });
        var problem = await Assert.ThrowsAsync<RecommendationApiException>(() => users.MergeAsync("anon-7", "uwe"));
        Assert.Equal("refused", problem.Code);
    }

    [Fact]
    public async Task A_refused_call_says_what_to_do_and_an_invalid_event_why()
    {
        await using var program = Program();
        var many = await Assert.ThrowsAsync<RecommendationApiException>(() =>
            program.Client.Lists.ForUserAsync("ann", new UserListOptions { Count = 5_000 }));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (many.Status, many.Code));
        Assert.Contains("1000", many.Message.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var rejected = await Assert.ThrowsAsync<RecommendationApiException>(() =>
            program.Client.Events.SendAsync(
                new RecommendationEvent { UserId = "ann", ItemId = "tea", InteractionType = "A B" }));
        Assert.Equal("rejected", rejected.Code);
        Assert.NotEmpty(Assert.Single(rejected.Results).Message!);
    }

    [Fact]
    public async Task Calls_are_activities_with_the_code_of_their_problem()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClientTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var program = Program();
        await Assert.ThrowsAsync<RecommendationApiException>(() => program.Client.Users.GetAsync("nobody-at-all"));
        lock (ended)
            Assert.Contains(
                ended,
                one => one.DisplayName == "recommendation getUser"
                    && (string?)one.GetTagItem("error.type") == "not-found");
    }

    private ClientProgram Program() => new(server.Client.BaseAddress!);
}
