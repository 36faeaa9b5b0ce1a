using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Tests.Histories;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;
using Recommendation.Modeling.Trainers.Transitions;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.RowBlocks;

/// <summary>Rows that are made by range from a file are those that are made in memory.</summary>
public class RowJobTests
{
    private static readonly GraphFilterParameters s_filter =
        new(0.5, 0.3, 1, 0.3) { Sharpness = 1.5, RowNormExponent = 0.2 };

    private static readonly TransitionExponents s_exponents = new(0.75, 0.25);

    [Fact]
    public async Task Cooccurrences_and_transitions_are_the_same_numbers_as_in_memory()
    {
        var interactions = Some.TwoTastes(users: 300, items: 90, perUser: 20);
        var (data, options) = (Some.Matrix(interactions), Options(neighbours: 30));
        using var job = await Job(interactions, options);
        var choice = Choice(GraphFilterParameters.Default);
        var plan = new RowPlanner(options).Make(job, choice, fast: false, (_, _) => { }, default);

        AssertSame(
            new CooccurrenceTrainer(0.3).Train(data, Some.Run(30)),
            RowBlock.Join([job.Weights(plan, 0, job.Items, _ => { }, default)]));
        AssertSame(
            new TransitionTrainer(s_exponents).Train(data, Some.Run(30)),
            RowBlock.Join([job.Transitions(plan, 0, job.Items, _ => { }, default)!]));
    }

    [Fact]
    public async Task A_filter_with_eigenvectors_is_that_of_memory_but_for_rounding()
    {
        var interactions = Some.TwoTastes(users: 300, items: 90, perUser: 20);
        var options = Options(neighbours: 180);
        using var job = await Job(interactions, options);
        var plan = new RowPlanner(options).Make(job, Choice(s_filter), fast: false, (_, _) => { }, default);

        var expected = new GraphFilterTrainer(s_filter, options.Rank).Train(Some.Matrix(interactions), Some.Run(180));
        var actual = RowBlock.Join([job.Weights(plan, 0, job.Items, _ => { }, default)]);

        AssertClose(expected, actual, 2e-3);
    }

    [Fact]
    public async Task Factors_are_added_as_in_memory_but_for_rounding()
    {
        var interactions = Some.TwoTastes(users: 1_100, items: 260, perUser: 12);
        var options = Options(neighbours: 520);
        var factors = new FactorParameters(0.7, 0.05);
        using var job = await Job(interactions, options);
        var choice = Choice(s_filter) with { Factors = factors };
        var plan = new RowPlanner(options).Make(job, choice, fast: false, (_, _) => { }, default);

        var expected = new SampledSoftmaxTrainer(s_filter, ease: null, factors, ensemble: null, options.Rank)
            .Train(Some.Matrix(interactions), Some.Run(520));
        var actual = RowBlock.Join([job.Weights(plan, 0, job.Items, _ => { }, default)]);

        AssertClose(expected, actual, 2e-2);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(7, false)]
    [InlineData(2, true)]
    [InlineData(7, true)]
    public async Task Any_number_of_workers_makes_the_same_rows(int workers, bool withFactors)
    {
        var interactions = Some.TwoTastes(users: 1_100, items: 260, perUser: 12);
        var options = Options(neighbours: 40);
        var choice = Choice(s_filter) with { Factors = withFactors ? new(0.7, 0.05) : FactorParameters.None };
        using var one = await Job(interactions, options);
        var plan = new RowPlanner(options).Make(one, choice, fast: false, (_, _) => { }, default);
        var weights = RowBlock.Join([one.Weights(plan, 0, one.Items, _ => { }, default)]);
        var transitions = RowBlock.Join([one.Transitions(plan, 0, one.Items, _ => { }, default)!]);

        var (parts, moves) = (new List<RowBlock>(), new List<RowBlock>());
        for (var worker = 0; worker < workers; worker++)
        {
            // Each worker reads the file itself, has other memory and other threads.
            var own = Options(neighbours: 40);
            (own.Threads, own.RowMegabytes) = (1 + (worker % 3), 16 + worker);
            using var job = await Job(interactions, own);
            var (from, to) = (job.Items * worker / workers, job.Items * (worker + 1) / workers);
            parts.Add(job.Weights(plan, from, to, _ => { }, default));
            moves.Add(job.Transitions(plan, from, to, _ => { }, default)!);
        }

        AssertSame(weights, RowBlock.Join(parts));
        AssertSame(transitions, RowBlock.Join(moves));
    }

    [Fact]
    public void Rows_do_not_depend_on_how_many_fit_into_memory()
    {
        var matrix = Some.Matrix(Some.TwoTastes(users: 300, items: 150, perUser: 20)).Matrix;
        var (small, large) = (Rows(budgetBytes: 1), Rows(budgetBytes: 1 << 30));

        Assert.Equal(large.Columns.ToArray(), small.Columns.ToArray());
        Assert.Equal(large.Values.ToArray(), small.Values.ToArray());
        Assert.Equal(large.Lengths, small.Lengths);

        RowBlock Rows(long budgetBytes)
        {
            var passes = 0;
            var gram = new NormalisedGram(matrix);
            var rows = new RowPanels(matrix.Columns, threads: 2, budgetBytes).Make(
                [.. Enumerable.Range(0, matrix.Columns)], 0, neighbours: 20, Pass, () => new Cutting(), _ => { },
                default);
            Assert.Equal(budgetBytes == 1 ? (matrix.Columns + 63) / 64 : 1, passes);
            return rows;

            IEnumerable<Action<int, Accumulator>> Pass(int[] items)
            {
                passes++;
                yield return (place, sums) => gram.AddRow(items[place], sums);
            }
        }
    }

    [Fact]
    public async Task Parameters_that_rows_by_range_can_not_have_are_refused()
    {
        var options = Options(neighbours: 30);
        using var job = await Job(Some.TwoTastes(), options);

        var refused = Assert.Throws<Application.Ports.RefusedException>(() => new RowPlanner(options).Make(
            job, Choice(s_filter with { Flatness = 2 }), fast: false, (_, _) => { }, default));

        Assert.Contains("--out-of-core", refused.Message, StringComparison.Ordinal);
    }

    private static ModelTrainerOptions Options(int neighbours) =>
        new() { NeighboursPerItem = neighbours, Threads = 2, Rank = 16 };

    private static SelectedModel Choice(GraphFilterParameters filter) => new(
        filter, null, SequenceParameters.None with { Share = 0.3, Exponents = s_exponents }, double.NaN);

    private static async Task<RowJob> Job(IEnumerable<Interaction> interactions, ModelTrainerOptions options)
    {
        var file = SomeHistories.Read(await SomeHistories.Write(interactions));
        return RowJob.Open(file, EventTypeSettings.Default, Some.Noon, options, default);
    }

    private static void AssertSame(ItemWeights expected, ItemWeights actual)
    {
        Assert.Equal(expected.Offsets, actual.Offsets);
        Assert.Equal(expected.Columns, actual.Columns);
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Scale, actual.Scale);
    }

    /// <summary>Compares every weight, relative to the largest of its row.</summary>
    private static void AssertClose(ItemWeights expected, ItemWeights actual, double tolerance)
    {
        for (var item = 0; item < expected.Items; item++)
        {
            var (one, other) = (Row(expected, item), Row(actual, item));
            var largest = one.Max();
            Assert.True(largest > 0 || one.Length == 0);
            for (var column = 0; column < one.Length; column++)
                Assert.InRange(Math.Abs(one[column] - other[column]), 0, tolerance * largest);
        }

        static float[] Row(ItemWeights weights, int item)
        {
            var row = new float[weights.Items];
            foreach (var (at, column) in weights.ColumnsOf(item).ToArray().Index())
                row[column] = (float)weights.ValuesOf(item)[at] / weights.Scale;
            return row;
        }
    }

    private sealed class Cutting : RowFinisher
    {
        private readonly RowCut _cut = new(20);

        public override void Finish(
            ReadOnlySpan<int> items, ReadOnlySpan<Accumulator> sums, Span<(int[] Columns, float[] Values)> rows)
        {
            for (var row = 0; row < items.Length; row++)
                rows[row] = _cut.Of(sums[row], 1);
        }
    }
}
