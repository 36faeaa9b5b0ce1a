using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Ports;

/// <summary>A ranker without a model: always the same items, left out as asked.</summary>
internal sealed class SimulatedRanker : IRanker
{
    internal static readonly ModelVersion Model = ModelVersion.Parse("m1");

    internal static readonly ModelDescription Description = new(
        Model, Names.Start, "simulated", Names.Users, Names.Items, 0, 0, new Dictionary<string, double>(),
            new Dictionary<string, double>());

    internal static void Publish(IModelStore models)
    {
        models.PutAsync(Description, Stream.Null, CancellationToken.None).GetAwaiter().GetResult();
        models.PointAsync(Model, ModelPointer.None, CancellationToken.None).GetAwaiter().GetResult();
    }

    public Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken) =>
        Task.FromResult(new RankedUsers(request.Model ?? Model, [.. request.Users.Select(Rank)]));

    private static Ranking Rank(RankUser user)
    {
        var masked = user.Masked(EventTypeSettings.Default);
        var items = Enumerable.Range(0, Names.Items).Select(number => ItemId.Parse(Names.Item(number)))
            .Where(item => !masked.Contains(item)).Select((item, place) => new RankedItem(item, Score.Of(10 - place)));
        return new Ranking(
            user.UserId, user.History.Count > 0 ? RankingKind.Ranked : RankingKind.Popular,
                RankedItems.From(items, user.Count));
    }
}
