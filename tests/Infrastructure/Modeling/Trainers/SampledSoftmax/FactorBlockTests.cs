using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Tests.Trainers.SampledSoftmax;

/// <summary>
/// The steps of a block against the slope of its loss, which is computed here anew and in double precision.
/// </summary>
public sealed class FactorBlockTests
{
    private const int Width = 64;
    private const float Rate = 0.01f;
    private const int Seed = 3;

    private static readonly FactorOptions s_options = new()
    {
        Planes = 2,
        Temperature = 0.2f,
        InputShare = 0.6,
        Negatives = 30,
    };

    private readonly SparseMatrix _histories = UserItemMatrix
        .From(
            Some.Events(Some.TwoTastes(users: 40, items: 90, perUser: 9)),
            500,
            5,
            double.PositiveInfinity,
            CancellationToken.None
        )
        .Matrix;

    private readonly FactorVectors _sources;
    private readonly FactorVectors _targets;
    private readonly NegativeItems _negatives;
    private readonly FactorUser[] _users;
    private readonly FactorBlock _block;

    public FactorBlockTests()
    {
        var start = LowRank.Of(new ItemGraph(_histories), 8, 1, CancellationToken.None)!;
        var random = new Random(1);
        (_sources, _targets) = (FactorVectors.From(start, 2, 0.3f, random), FactorVectors.From(start, 2, 0.3f, random));
        _negatives = new NegativeItems(_histories, s_options);
        _negatives.Draw(_targets, random);
        int[] users = [.. Enumerable.Range(0, _histories.Rows).Where(user => _histories.IndicesOf(user).Length > 1)];
        _block = new FactorBlock(_histories, _sources, _targets, _negatives, s_options);
        _block.Begin(users, new Random(Seed));
        var same = new Random(Seed);
        _users = Array.ConvertAll(users, user =>
        {
            var one = new FactorUser();
            one.Begin(_histories, user, s_options.InputShare, same);
            return one;
        });
        _block.Run();
    }

    [Fact]
    public void Items_shown_move_down_the_slope_of_the_loss()
    {
        var items = Once(user => user.Items[..user.Shown], user => user.Items[user.Shown..user.Count]);
        Assert.True(items.Length > 3);
        AssertDownhill(items[..4], _sources, moved => Loss(sources: moved));
    }

    [Fact]
    public void Hidden_items_move_down_the_slope_of_the_loss()
    {
        var items = Once(user => user.Items[user.Shown..user.Count], _ => [])
            .Where(item => _negatives.PlaceOf(item) < 0)
            .ToArray();
        Assert.True(items.Length > 3);
        AssertDownhill(items[..4], _targets, moved => Loss(targets: moved));
    }

    [Fact]
    public void What_a_block_says_of_an_item_drawn_is_the_slope_of_the_loss()
    {
        Span<float> gradient = stackalloc float[2 * Width];
        for (var place = 0; place < _negatives.Count; place += 10)
        {
            gradient.Clear();
            _block.AddNegative(place, gradient);
            var at = place;
            var slope = Slope(vector => Loss(negative: (at, vector)), Negative(place));
            for (var i = 0; i < slope.Length; i++)
                Assert.Equal(slope[i], gradient[i], 1e-3);
        }
    }

    private void AssertDownhill(int[] items, FactorVectors vectors, Func<(int Item, double[] Vector), double> loss)
    {
        var before = items.ToDictionary(item => item, item => Vector(vectors, item));
        var slopes = items.ToDictionary(item => item, item => Slope(vector => loss((item, vector)), before[item]));
        _block.Step(Rate, _ => true);
        foreach (var item in items)
        {
            var step = Vector(vectors, item).Zip(before[item], (now, then) => now - then).ToArray();
            Assert.Equal(-1, Cosine(step, slopes[item]), 1e-3);
            // AdaGrad's first step has the learning rate as its root mean square.
            Assert.Equal(Rate, Math.Sqrt(step.Average(one => one * one)), 1e-4);
        }
    }

    /// <summary>The items that occur once among those wanted, and never among the others.</summary>
    private int[] Once(Func<FactorUser, int[]> wanted, Func<FactorUser, int[]> others)
    {
        var not = _users.SelectMany(others).ToHashSet();
        return
        [
            .. _users
                .SelectMany(wanted)
                .GroupBy(item => item)
                .Where(group => group.Count() == 1 && !not.Contains(group.Key))
                .Select(group => group.Key),
        ];
    }

    private double Loss(
        (int Item, double[] Vector)? sources = null,
        (int Item, double[] Vector)? targets = null,
        (int Place, double[] Vector)? negative = null
    )
    {
        var loss = 0d;
        foreach (var user in _users)
        {
            var sum = new double[2 * Width];
            for (var place = 0; place < user.Shown; place++)
                Add(
                    sum,
                    sources is { } moved && moved.Item == user.Items[place]
                        ? moved.Vector
                        : Vector(_sources, user.Items[place]),
                    user.Weights[place]
                );
            var others = 0d;
            for (var place = 0; place < _negatives.Count; place++)
            {
                if (!_histories.IndicesOf(user.User).Contains(_negatives.Items[place]))
                    others += Power(
                        sum,
                        negative is { } other && other.Place == place ? other.Vector : Negative(place),
                        isUnit: true
                    );
            }
            for (var place = user.Shown; place < user.Count; place++)
            {
                var found = Power(
                    sum,
                    targets is { } moved && moved.Item == user.Items[place]
                        ? moved.Vector
                        : Vector(_targets, user.Items[place]),
                    isUnit: false
                );
                loss -= Math.Log(found / (found + others)) / Math.Sqrt(user.Count - user.Shown);
            }
        }
        return loss;
    }

    private static double Power(double[] user, double[] item, bool isUnit) =>
        Math.Exp((isUnit ? Dot(user, item) / Math.Sqrt(Dot(user, user)) : Cosine(user, item)) / s_options.Temperature);

    private static double[] Slope(Func<double[], double> loss, double[] at)
    {
        const double step = 1e-5;
        return [.. at.Select((_, place) => (loss(Moved(place, step)) - loss(Moved(place, -step))) / (2 * step))];

        double[] Moved(int place, double by)
        {
            var moved = (double[])at.Clone();
            moved[place] += by;
            return moved;
        }
    }

    private double[] Negative(int place) =>
        [
            .. _negatives
                .Vectors.SelectMany(plane => plane.AsSpan(place * Width, Width).ToArray())
                .Select(one => (double)one),
        ];

    private static double[] Vector(FactorVectors vectors, int item) =>
        [.. Enumerable.Range(0, 2).SelectMany(plane => vectors.Of(item, plane).ToArray()).Select(one => (double)one)];

    private static void Add(double[] sum, double[] vector, double weight)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += weight * vector[i];
    }

    private static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    private static double Cosine(double[] one, double[] other) =>
        Dot(one, other) / Math.Sqrt(Dot(one, one) * Dot(other, other));
}
