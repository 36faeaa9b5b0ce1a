using System.Globalization;
using System.Net;
using Recommendation.Application.Batches;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>A small shop: 30 users who bought some of 24 items of two kinds, a model, and a completed run.</summary>
internal static class Shop
{
    internal const int Users = 30;
    internal const int Items = 24;

    /// <summary>When the clock of a test begins that has one.</summary>
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static async Task FillAsync(RunningApi api)
    {
        foreach (var chunk in Events().Chunk(400))
            (await api.PostAsync("/v1/interactions", $"[{string.Join(',', chunk)}]")).Expect(HttpStatusCode.OK);
        await api.SendAsync(new CatchUpProfiles("local"));
        await api.SendAsync(new ImportItems([.. Enumerable.Range(0, Items).Select(item => new CatalogItem(
            ItemId.Parse($"i{item}"), $"Item {item}", [item % 2 == 0 ? "even" : "odd"]))]));
        await api.SendAsync(new TrainModel(Fast: true, Force: true));
        await api.SendAsync(new RunBatch(BatchRunId.Parse("first")));
    }

    /// <summary>Each user bought six items of one kind.</summary>
    private static IEnumerable<string> Events() =>
        from user in Enumerable.Range(0, Users)
        from n in Enumerable.Range(0, 6)
        let item = (((user / 2) + n) * 2 % Items) + (user % 2)
        select string.Create(CultureInfo.InvariantCulture,
            $$"""{"eventId":"e{{n}}","userId":"u{{user}}","itemId":"i{{item}}","interactionType":"purchase"}""");
}
