using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests;

/// <summary>Test data.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static Interaction Interaction(
        string user,
        string item,
        string type = "view",
        DateTimeOffset? at = null,
        double? value = null
    ) =>
        new()
        {
            Value = value,
            UserId = UserId.Parse(user),
            ItemId = ItemId.Parse(item),
            Type = InteractionType.Parse(type),
            OccurredAt = at ?? Noon,
            ArrivedAt = at ?? Noon,
        };

    /// <summary>
    /// Users of two groups, each with items of its own group (a0, a1, … and b0, b1, …) and the odd one of the other.
    /// </summary>
    public static List<Interaction> TwoTastes(int users = 40, int items = 12, int perUser = 6, int seed = 7)
    {
        var random = new Random(seed);
        var interactions = new List<Interaction>();
        for (var user = 0; user < users; user++)
        {
            for (var i = 0; i < perUser; i++)
            {
                var own = random.Next(10) > 0;
                var taste = (user % 2 == 0) == own ? 'a' : 'b';
                interactions.Add(
                    Interaction(
                        $"u{user}",
                        $"{taste}{random.Next(items)}",
                        "view",
                        Noon.AddMinutes(-random.Next(10_000))
                    )
                );
            }
        }
        return interactions;
    }

    public static RecentInteraction Recent(string item, string type = "view", DateTimeOffset? at = null) =>
        new(at ?? Noon, 0, ItemId.Parse(item), InteractionType.Parse(type));

    public static RankUser Query(string user, int count, params string[] recent) =>
        new(UserId.Parse(user), [.. recent.Select(item => Recent(item))], count, []);

    /// <summary>The user-item matrix of interactions, with the default options.</summary>
    public static UserItemMatrix Matrix(IEnumerable<Interaction> interactions) =>
        UserItemMatrix.From(Events(interactions), 500, 5, double.PositiveInfinity, CancellationToken.None);

    /// <summary>Titles of words that the ids of the items decide, and one kind that counts alone.</summary>
    public static ContentIndex Content(string[] ids)
    {
        var catalogue = new ContentCatalogue();
        foreach (var id in ids)
            catalogue.Add(new(ItemId.Parse(id), $"{id[0]}{id[0]} {id} w{id[^1]}w", []), Noon);
        return catalogue.Index(ids, CancellationToken.None) with { Weights = [1] };
    }

    /// <summary>A run of a trainer that reports nothing.</summary>
    public static TrainerRun Run(int neighbours, int threads = 2) =>
        new(neighbours, threads, (_, _) => { }, CancellationToken.None);

    public static TrainingEvents Events(IEnumerable<Interaction> interactions, EventTypeSettings? types = null)
    {
        var reader = new InteractionReader(types ?? EventTypeSettings.Default);
        foreach (var interaction in interactions)
            reader.Add(interaction);
        return reader.Group(CancellationToken.None);
    }

    public static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> values)
    {
        await Task.Yield();
        foreach (var value in values)
            yield return value;
    }

    public static async Task<byte[]> Artefact(
        IEnumerable<Interaction> interactions,
        Action<ModelTrainerOptions>? configure = null,
        DateTimeOffset? asOf = null
    )
    {
        await using var model = await Train(interactions, configure, asOf);
        using var copy = new MemoryStream();
        await model.Artefact.CopyToAsync(copy);
        return copy.ToArray();
    }

    public static Task<TrainedModel> Train(
        IEnumerable<Interaction> interactions,
        Action<ModelTrainerOptions>? configure = null,
        DateTimeOffset? asOf = null
    ) =>
        Trainer(configure)
            .TrainAsync(
                Stream(interactions),
                new TrainingOptions(asOf ?? Noon),
                progress: null,
                CancellationToken.None
            );

    public static ModelTrainer Trainer(Action<ModelTrainerOptions>? configure = null, EventTypeSettings? types = null)
    {
        var options = new ModelTrainerOptions { Threads = 2, Search = false };
        configure?.Invoke(options);
        return new ModelTrainer(
            Microsoft.Extensions.Options.Options.Create(options),
            types ?? EventTypeSettings.Default
        );
    }
}
