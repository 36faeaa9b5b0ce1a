using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.BatchProcessor.Tests.Capacity;

/// <summary>
/// Gives everybody a list of 100 items with ids as long as those of real products, each with three reasons.
/// </summary>
internal sealed class ListOfHundred : IRanker
{
    private static readonly ModelVersion s_model = ModelVersion.Parse("20260314T120000Z-0123abcd");

    private static readonly RankedItems s_list = RankedItems.From(
        Enumerable
            .Range(0, 100)
            .Select(i => new RankedItem(
                Item(i),
                Score.Of(0.912345 - (i * 0.001)),
                [Item(200 + (i % 20)), Item(200 + (i % 17)), Item(200 + (i % 13))]
            )),
        100
    );

    public Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new RankedUsers(
                s_model,
                [.. request.Users.Select(user => new Ranking(user.UserId, RankingKind.Ranked, s_list))]
            )
        );

    private static ItemId Item(int number) =>
        ItemId.Parse(string.Create(CultureInfo.InvariantCulture, $"{84000 + number}A"));
}
