using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Benchmarks.Batch;

/// <summary>Gives everybody the same list, as long as those that are stored and with a reason for each item.</summary>
internal sealed class InstantRanker : IRanker
{
    internal const int Items = RankedItems.DefaultStored;

    private static readonly RankedItems s_list = RankedItems.From(
        Enumerable
            .Range(0, Items)
            .Select(i => new RankedItem(
                ItemId.Parse(string.Create(CultureInfo.InvariantCulture, $"rank-{i:D5}")),
                Score.Of(1.0 / (i + 1)),
                [ItemId.Parse("item-99999")]
            )),
        Items
    );

    internal static readonly ModelVersion Model = ModelVersion.Parse("instant");

    public Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new RankedUsers(
                Model,
                [.. request.Users.Select(user => new Ranking(user.UserId, RankingKind.Ranked, s_list))]
            )
        );
}
