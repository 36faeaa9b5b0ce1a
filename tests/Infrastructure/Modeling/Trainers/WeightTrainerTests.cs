using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Tests.Trainers;

/// <summary>What every trainer promises.</summary>
public class WeightTrainerTests
{
    private static readonly UserItemMatrix s_data = Some.Matrix(Some.TwoTastes(users: 120, items: 40, perUser: 10));

    private static readonly GraphFilterParameters s_filter = new(0.5, 0.3, 2, 0.2);

    private static readonly Dictionary<string, Func<WeightTrainer>> s_trainers = new(StringComparer.Ordinal)
    {
        ["content"] = () => new ContentTrainer(Some.Content(s_data.Events.ItemIds), 2),
        ["co-occurrence"] = () => new CooccurrenceTrainer(0.3, 1.3, 0.5),
        ["graph filter"] = () => new GraphFilterTrainer(s_filter, 16),
        ["EASE"] = () => new EaseTrainer(new(true, 0.1, 0.25)),
        ["sampled softmax"] = () => new SampledSoftmaxTrainer(s_filter, null, new(1, 0.1), null, 16),
        ["sampled softmax beside EASE"] = () =>
            new SampledSoftmaxTrainer(s_filter, new(true, 0.1, 0.25), new(1, 0.1), null, 16),
        ["transitions"] = () => new TransitionTrainer(new(0.5, 0.25)),
    };

    public static TheoryData<string> Names => [.. s_trainers.Keys];

    [Fact]
    public void Every_trainer_is_tested_here() =>
        Assert.Equal(
            typeof(WeightTrainer).Assembly.GetTypes().Where(type => type.BaseType == typeof(WeightTrainer)).ToHashSet(),
            s_trainers.Values.Select(trainer => trainer().GetType()).ToHashSet()
        );

    [Theory, MemberData(nameof(Names))]
    public void A_row_has_at_most_K_entries_in_ascending_order_and_a_zero_diagonal(string name)
    {
        var weights = s_trainers[name]().Train(s_data, Some.Run(7));

        Assert.Equal(s_data.Matrix.Columns, weights.Items);
        Assert.Contains(Enumerable.Range(0, weights.Items), item => weights.ColumnsOf(item).Length == 7);
        for (var item = 0; item < weights.Items; item++)
        {
            var columns = weights.ColumnsOf(item).ToArray();
            Assert.True(columns.Length <= 7);
            Assert.Equal(columns.Distinct().Order(), columns);
            Assert.DoesNotContain(item, columns);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Weights_do_not_depend_on_the_number_of_threads(string name)
    {
        var one = s_trainers[name]().Train(s_data, Some.Run(20, threads: 1));
        var other = s_trainers[name]().Train(s_data, Some.Run(20, threads: 4));

        Assert.Equal(one.Offsets, other.Offsets);
        Assert.Equal(one.Columns, other.Columns);
        Assert.Equal(one.Values, other.Values);
        Assert.Equal(one.Scale, other.Scale);
    }

    [Theory, MemberData(nameof(Names))]
    public void Progress_names_the_stage_and_never_goes_back(string name)
    {
        var seen = new List<(string Stage, double Fraction)>();
        s_trainers[name]().Train(s_data, Some.Run(20) with { Progress = (stage, done) => seen.Add((stage, done)) });

        Assert.NotEmpty(seen);
        Assert.All(seen, one => Assert.False(string.IsNullOrWhiteSpace(one.Stage)));
        Assert.Equal(seen.Select(one => one.Fraction).Order(), seen.Select(one => one.Fraction));
        Assert.InRange(seen[^1].Fraction, 0, 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_cancelled_training_stops(string name) =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            s_trainers[name]().Train(s_data, Some.Run(20) with { CancellationToken = new(canceled: true) })
        );
}
