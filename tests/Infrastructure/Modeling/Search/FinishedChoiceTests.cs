using Recommendation.Modeling.Search;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Search;

public class FinishedChoiceTests
{
    private static readonly ValidationSplit s_split = ValidationSplit.Of(
        Histories.From(Some.Events(Some.TwoTastes(users: 200, items: 120, perUser: 14)), 500, 5, double.PositiveInfinity, CancellationToken.None),
        150, allowRepeats: false, CancellationToken.None);

    private static readonly ItemGraph s_graph = new(s_split.Remaining.Matrix, 0.75);
    private static readonly WeightParameters s_plain = new(0.75, 0.3, 1, 0);
    private static readonly WeightParameters s_flat = new(0.75, 0.3, 3, 0);

    [Fact]
    public void What_reads_best_as_finished_rows_is_chosen_whatever_whole_rows_read()
    {
        // rows of 2 neighbours say little of a flat filter; the results claim that whole rows favour it
        var (parameters, ndcg) = Choice(2).Best([(s_plain, 0.1), (s_flat, 0.9)], CancellationToken.None);

        var rows = SampledRows.Train(s_split, 150, s_graph, null, [s_plain, s_flat], Options(2), CancellationToken.None);
        var heldOut = new HeldOutNdcg(s_split, 1);
        double Read(int rival) => heldOut.Average(
            150, Sharpening.Of(rows[rival], parameters.Sharpness, parameters.Evenness, 1), Modeling.Scoring.Recency.None, CancellationToken.None);
        var chosen = parameters.Flatness == 1 ? 0 : 1;
        Assert.Equal(ndcg, Read(chosen), 1e-9);
        Assert.True(ndcg >= Read(1 - chosen));
    }

    [Fact]
    public void Only_the_best_popularity_exponent_is_looked_at()
    {
        var other = s_flat with { Beta = 0 };

        Assert.Equal(0.3, Choice(50).Best([(s_plain, 0.2), (other, 0.1)], CancellationToken.None).Parameters.Beta);
        Assert.Equal(0, Choice(50).Best([(s_plain, 0.2), (other, 0.3)], CancellationToken.None).Parameters.Beta);
    }

    private static FinishedChoice Choice(int neighbours) => new(s_split, s_graph, null, Options(neighbours));

    private static ModelTrainerOptions Options(int neighbours) => new() { NeighboursPerItem = neighbours, Threads = 2 };
}
