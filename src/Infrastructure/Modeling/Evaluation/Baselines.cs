using System.Numerics.Tensors;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Ease;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// The baselines of an evaluation, trained with the same care: popularity; item-kNN by the cosine, with the number of
/// neighbours that scores highest on the validation split; and, if it fits, EASE (Steck 2019) on plain counts with the
/// ridge that does. Binary histories, no order.
/// </summary>
internal sealed class Baselines
{
    private const int DenseItems = 3_000;

    private static readonly int[] s_neighbours = [20, 50, 100, 200, 500];

    private readonly TrainingEvents _events;
    private readonly UserItemMatrix _histories;
    private readonly ModelTrainerOptions _options;
    private readonly EventTypeSettings _types;
    private readonly CancellationToken _cancellationToken;

    public Baselines(
        List<Interaction> train,
        EventTypeSettings types,
        ModelTrainerOptions options,
        CancellationToken cancellationToken
    )
    {
        (_options, _types, _cancellationToken) = (options, types, cancellationToken);
        var reader = new InteractionReader(types);
        foreach (var one in train)
            reader.Add(one);
        _events = reader.Group(cancellationToken);
        var binary = _events with
        {
            Events = Array.ConvertAll(_events.Events, one => one with { Weight = Math.Sign(one.Weight) }),
        };
        _histories = UserItemMatrix.From(binary, options.HistoryLimit, 1, double.PositiveInfinity, cancellationToken);
    }

    /// <summary>Names, and what trains each.</summary>
    public List<(string Name, Func<ItemModel> Train)> All
    {
        get
        {
            var all = new List<(string, Func<ItemModel>)> { ("popularity", () => Popular(double.PositiveInfinity)) };
            if (_events.NewestMilliseconds > _events.OldestMilliseconds)
                all.Add(("recentPopularity", () => Popular(_options.PopularityHalfLife.TotalDays)));
            all.Add(("itemKnn", ItemKnn));
            if (_events.Items <= _options.DenseLimitItems)
                all.Add(("ease", Ease));
            return all;
        }
    }

    private ItemModel Popular(double halfLifeDays)
    {
        var none = new ItemWeights(new int[_events.Items + 1], [], [], 1);
        return Model(none, Popularity.Of(_events, halfLifeDays));
    }

    private ItemModel ItemKnn()
    {
        var split = Split();
        var neighbours = s_neighbours[^1];
        if (split.IsWorthwhile)
        {
            var rows = Cosine(split.Remaining.Matrix, neighbours);
            var heldOut = new HeldOutNdcg(split, _options.Threads);
            neighbours = s_neighbours.MaxBy(count =>
                heldOut.Average(split.Users.Length, Cut(rows, count), Recency.None, _cancellationToken)
            );
        }
        return Model(
            Cut(Cosine(_histories.Matrix, s_neighbours[^1]), neighbours),
            Popularity.Of(_events, double.PositiveInfinity)
        );
    }

    private ItemModel Ease()
    {
        var split = Split().OfMostFrequent(DenseItems, _cancellationToken);
        var parameters = new EaseParameters(false, 200, 0);
        if (split.IsWorthwhile)
            (parameters, _) = new EaseSearch(
                split,
                [.. EaseParameters.Ridges.Where(ridge => !ridge.Normalised)],
                [0],
                _options.NeighboursPerItem,
                _options.Threads
            ).Run(_ => { }, _cancellationToken);
        var trainer = new EaseSolver(_histories.Matrix, _options.NeighboursPerItem, _options.Threads);
        var inverse = trainer.Invert(parameters.Normalised, parameters.Lambda, _ => { }, _cancellationToken);
        return Model(
            trainer.Weights(inverse, parameters, _cancellationToken),
            Popularity.Of(_events, double.PositiveInfinity)
        );
    }

    private ValidationSplit Split() =>
        ValidationSplit.Of(_histories, _options.ValidationUsers, allowRepeats: false, _cancellationToken);

    /// <summary>XᵀX over the roots of how often both items occur, zero diagonal; the largest of each row.</summary>
    private ItemWeights Cosine(SparseMatrix matrix, int neighbours)
    {
        var gram = new NormalisedGram(matrix);
        return RowTopK.Make(gram.Items, neighbours, _options.Threads, (item, sums) =>
        {
            gram.AddPlainRow(item, sums);
            sums.Scale(gram.InverseRoots);
            sums.Set(item, 0);
            return gram.InverseRoots[item];
        }, _ => { }, _cancellationToken);
    }

    private static ItemWeights Cut(ItemWeights rows, int neighbours)
    {
        var store = new RowStore(rows.Items, 64);
        for (var item = 0; item < rows.Items; item++)
        {
            var values = new float[rows.ValuesOf(item).Length];
            TensorPrimitives.ConvertToSingle(rows.ValuesOf(item), values);
            var columns = rows.ColumnsOf(item).ToArray();
            var best = Enumerable
                .Range(0, values.Length)
                .OrderByDescending(at => values[at])
                .ThenBy(at => at)
                .Take(neighbours)
                .Order()
                .ToArray();
            store.Add(
                item / 64,
                best.Length,
                Array.ConvertAll(best, at => columns[at]),
                Array.ConvertAll(best, at => values[at] / rows.Scale)
            );
        }
        return store.ToWeights();
    }

    private ItemModel Model(ItemWeights weights, float[] popularity)
    {
        var manifest = new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentFormat,
            EventTypes = ManifestEventType.From(_types),
            ModelVersion = "baseline",
            Trainer = "baseline",
            Created = "",
            Data = new("", "", _events.Users, _events.Items, _events.Events.Length),
            Parameters = new(StringComparer.Ordinal)
            {
                [ParameterNames.WeightCap] = 1,
                [ParameterNames.PositionDecay] = 1,
                [ParameterNames.HalfLifeDays] = 0,
                [ParameterNames.RepeatBonus] = 0,
            },
            Metrics = new(StringComparer.Ordinal),
            Binary = new(0, ""),
        };
        return new ItemModel(manifest, Array.ConvertAll(_events.ItemIds, ItemId.FromStored), weights, popularity);
    }
}
