using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Data;

/// <summary>The search reads a user's history as serving does, so what is chosen is what is served.</summary>
public sealed class HeldOutHistoryTests
{
    [Theory]
    [InlineData(40, 30, 1)]
    [InlineData(3_000, 900, 2)]
    [InlineData(200, 5, 3)]
    public async Task A_history_weighs_the_same_in_the_search_as_when_it_is_served(int count, int items, int seed)
    {
        var random = new Random(seed);
        string[] types = ["view", "click", "purchase", "dislike"];
        var interactions = Enumerable
            .Range(0, count)
            .Select(_ =>
                Some.Interaction(
                    "u",
                    $"i{random.Next(items)}",
                    types[random.Next(types.Length)],
                    Some.Noon.AddMinutes(-random.Next(count))
                )
            )
            .ToList();
        var others = Enumerable
            .Range(0, items)
            .SelectMany(item => new[] { Some.Interaction("v", $"i{item}"), Some.Interaction("w", $"i{item}") });
        var model = await LoadedModel.FromArtefactAsync(
            new MemoryStream(await Some.Artefact(interactions.Concat(others))),
            EventTypeSettings.Default,
            CancellationToken.None
        );
        var events = Some.Events(interactions.Concat(others));
        var recency = new Recency(0.98, 7);

        var history = HeldOutHistory.Of(events.Of(0));
        var builder = new HistoryBuilder(model.Parameters["weightCap"]);
        builder.Begin();
        foreach (var one in history.Entries)
            builder.Add(one.Item, one.Weight, recency, one.AgeMilliseconds);
        var searched = builder.End().ToArray();

        var served = new HistoryBuilder(model.Parameters["weightCap"]);
        var known = UserHistory.From(interactions);
        served.Begin();
        foreach (ref readonly var one in known.Entries)
        {
            Assert.True(model.Rankable.Model.TryFind(one.ItemId, out var item));
            served.Add(
                item,
                one.WeightBy(EventTypeSettings.Default),
                recency,
                (known[0].At - one.At).Ticks / TimeSpan.TicksPerMillisecond
            );
        }
        Assert.Equal(served.End().ToArray(), searched);
        Assert.Equal(
            interactions.Select(one => one.ItemId.Value).Distinct().Order(StringComparer.Ordinal),
            history.ActedOn.Select(item => events.ItemIds[item]).Order(StringComparer.Ordinal)
        );
        Assert.True(searched.Length <= UserHistory.MaximumItems);
    }
}
