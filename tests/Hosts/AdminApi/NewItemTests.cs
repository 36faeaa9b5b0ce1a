using System.Diagnostics;
using System.Globalization;
using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Tests;

/// <summary>Items that are put after the training, and what is similar to several items.</summary>
public sealed class NewItemTests : IAsyncLifetime
{
    private const int Items = 60;
    private const int Users = 120;

    private RunningApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await RunningApi.StartAsync();
        foreach (var chunk in Events().Chunk(400))
            (await _api.PostAsync("/v1/interactions", $"[{string.Join(',', chunk)}]")).Expect(HttpStatusCode.OK);
        await _api.SendAsync(new CatchUpProfiles("local"));
        await _api.SendAsync(new ImportItems([.. Enumerable.Range(0, Items).Select(item => new CatalogItem(
            ItemId.Parse($"i{item}"), $"word{item} wicker{item % 2} heart{item % 2}", []))]));
        await _api.SendAsync(new TrainModel(Fast: true, Force: true));
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task An_item_is_in_similar_and_in_lists_within_a_second_of_the_put()
    {
        Assert.DoesNotContain("new", await ListAsync("/v1/users/u0/recommendations?n=100"));
        await PutUntilListedAsync();

        Assert.All(await ListAsync("/v1/items/new/similar?n=5"), IsOfKind);
        Assert.All(await ListAsync("/v1/items/new/similar?n=5&by=content"), IsOfKind);
    }

    [Fact]
    public async Task An_explanation_names_what_the_items_share()
    {
        await PutUntilListedAsync();

        var explained = (await _api.GetAsync("/v1/users/u0/explain/new")).Expect(HttpStatusCode.OK).Json;

        var shares = explained["contributions"]!.AsArray()
            .SelectMany(one => one!["shares"]!.AsArray().Select(word => word!.GetValue<string>())).ToHashSet();
        Assert.Contains("wicker0", shares);
        Assert.Contains("heart0", shares);
    }

    [Fact]
    public async Task A_basket_has_what_goes_with_all_of_it_and_none_of_itself()
    {
        const string Basket = """{"items":["i2","i4","unknown"],"n":20,"exclude":["i6"]}""";
        var list = (await _api.PostAsync("/v1/items/similar", Basket)).Expect(HttpStatusCode.OK);

        var items = Ids(list);
        Assert.NotEmpty(items);
        Assert.Empty(items.Intersect(["i2", "i4", "i6"], StringComparer.Ordinal));
        Assert.Null(list.Json["itemId"]);
        Assert.All(items.Take(5), IsOfKind);
    }

    [Theory]
    [InlineData("""{"items":[]}""", "1–100 items")]
    [InlineData("""{"items":["i1"],"n":1001}""", "1–1000 items")]
    [InlineData("""{"items":["i1"],"by":"colour"}""", "behaviour, content or both")]
    [InlineData("""{"items":["i1"],"what":1}""", "what")]
    public async Task A_basket_that_cannot_be_answered_is_refused_with_the_reason(string body, string reason)
    {
        var answer = await _api.PostAsync("/v1/items/similar", body);

        Assert.Contains(
            reason,
            answer.Expect(HttpStatusCode.BadRequest).Json["detail"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_way_of_being_similar_is_refused() =>
        (await _api.GetAsync("/v1/items/i1/similar?by=colour")).Expect(HttpStatusCode.BadRequest);

    private static void IsOfKind(string item) =>
        Assert.Equal(0, int.Parse(item.AsSpan(1), CultureInfo.InvariantCulture) % 2);

    /// <summary>A second is enough for it; a busy machine may take longer.</summary>
    private async Task PutUntilListedAsync()
    {
        (await _api.PutAsync("/v1/items", """[{"itemId":"new","title":"wicker0 heart0 thing"}]"""))
            .Expect(HttpStatusCode.OK);
        var since = Stopwatch.GetTimestamp();
        string[] list;
        do
            list = await ListAsync("/v1/users/u0/recommendations?n=100");
        while (!list.Contains("new") && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20));
        Assert.Contains("new", list);
    }

    private async Task<string[]> ListAsync(string path) =>
        Ids((await _api.GetAsync(path)).Expect(HttpStatusCode.OK));

    private static string[] Ids(Answer answer) =>
        [.. answer.Json["recommendations"]!.AsArray().Select(item => item!["itemId"]!.GetValue<string>())];

    /// <summary>Each user bought eight items of one kind.</summary>
    private static IEnumerable<string> Events() =>
        from user in Enumerable.Range(0, Users)
        from n in Enumerable.Range(0, 8)
        let item = ((((user / 2) * 7) + (n * n)) * 2 % Items) + (user % 2)
        select string.Create(CultureInfo.InvariantCulture,
            $$"""{"eventId":"e{{n}}","userId":"u{{user}}","itemId":"i{{item}}","interactionType":"purchase"}""");
}
