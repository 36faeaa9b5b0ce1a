using Recommendation.Modeling.Data;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Selection;

public class TruncatedRowSearchTests
{
    private static readonly ValidationSplit s_split = ValidationSplit.Of(
        UserItemMatrix.From(
            Some.Events(Some.TwoTastes(users: 200, items: 120, perUser: 14)),
            500,
            5,
            double.PositiveInfinity,
            CancellationToken.None
        ),
        150,
        allowRepeats: false,
        CancellationToken.None
    );

    private static readonly ItemGraph s_graph = new(s_split.Remaining.Matrix, 0.75);
    private static readonly GraphFilterParameters s_plain = new(0.75, 0.3, 1, 0);
    private static readonly GraphFilterParameters s_flat = new(0.75, 0.3, 3, 0);

    [Fact]
    public void What_loses_least_by_the_cut_is_chosen_among_equals_and_sharpened_as_reads_best()
    {
        // rows of 2 neighbours: each filter loses another part of its reading
        var rows = SampledRows.Make(
            SampledRows.ItemsOf(s_split, 150),
            s_graph,
            null,
            [s_plain, s_flat],
            2,
            1,
            CancellationToken.None
        );
        var whole = new GraphFilterGridSearch(s_split, s_graph, null, new([0.3], [1, 3], [0])).Run(
            150,
            1,
            _ => { },
            CancellationToken.None
        );
        double Left(int rival, double sharpness, double rowNormExponent) =>
            new HeldOutNdcg(s_split, 1).Average(
                150,
                Sharpening.Of(rows[rival], sharpness, rowNormExponent, 1),
                Recency.None,
                CancellationToken.None
            ) - whole[rival].Ndcg;

        var (parameters, ndcg) = Choice(2).Best([(s_plain, 0.5), (s_flat, 0.5)], CancellationToken.None);

        var chosen = parameters.Flatness == 1 ? 0 : 1;
        Assert.Equal(0.5 + Left(chosen, parameters.Sharpness, parameters.RowNormExponent), ndcg, 1e-9);
        foreach (var sharpness in new[] { 1, 1.3, 1.6, 2 })
            Assert.True(ndcg >= 0.5 + Left(1 - chosen, sharpness, 0) && ndcg >= 0.5 + Left(chosen, sharpness, 0));
        Assert.Equal(
            chosen == 0 ? 3 : 1,
            Choice(2)
                .Best([(s_plain, chosen == 0 ? 0.1 : 0.9), (s_flat, chosen == 0 ? 0.9 : 0.1)], CancellationToken.None)
                .Parameters.Flatness
        );
    }

    [Fact]
    public void Nothing_is_sharpened_where_there_are_no_times()
    {
        var timeless = ValidationSplit.Of(
            UserItemMatrix.From(
                Some.Events(
                    Some.TwoTastes(users: 200, items: 120, perUser: 14)
                        .Select(one => one with { OccurredAt = Some.Noon })
                ),
                500,
                5,
                double.PositiveInfinity,
                CancellationToken.None
            ),
            150,
            allowRepeats: false,
            CancellationToken.None
        );

        var choice = new GraphFilterSearch(timeless, Options(20)).Run(_ => { }, CancellationToken.None);

        Assert.Equal(
            (1, 1, 0),
            (choice.Parameters.UserExponent, choice.Parameters.Sharpness, choice.Parameters.RowNormExponent)
        );
    }

    [Fact]
    public void Only_the_best_popularity_exponent_is_looked_at()
    {
        var other = s_flat with { Beta = 0 };

        Assert.Equal(0.3, Choice(50).Best([(s_plain, 0.2), (other, 0.1)], CancellationToken.None).Parameters.Beta);
        Assert.Equal(0, Choice(50).Best([(s_plain, 0.2), (other, 0.3)], CancellationToken.None).Parameters.Beta);
    }

    private static TruncatedRowSearch Choice(int neighbours) => new(s_split, s_graph, null, Options(neighbours));

    private static ModelTrainerOptions Options(int neighbours) => new() { NeighboursPerItem = neighbours, Threads = 2 };
}
