using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Scoring;

/// <summary>Models written down by hand or by chance.</summary>
internal static class SmallModel
{
    /// <param name="weights">W, row by source item.</param>
    /// <param name="parameters">Changes to the scoring parameters.</param>
    public static ItemModel Of(double[][] weights, params (string Name, double Value)[] parameters)
    {
        var rows = weights
            .Select(row => row.Select((value, column) => (value, column)).Where(entry => entry.value != 0).ToArray())
            .ToArray();
        var offsets = new List<int> { 0 };
        foreach (var row in rows)
            offsets.Add(offsets[^1] + row.Length);
        var all = rows.SelectMany(row => row).ToArray();
        const float scale = 1024;
        var items = Enumerable.Range(0, weights.Length).Select(item => ItemId.Parse($"i{item:D5}")).ToArray();
        return new ItemModel(
            Manifest(items.Length, parameters),
            items,
            new ItemWeights(
                [.. offsets],
                [.. all.Select(entry => entry.column)],
                [.. all.Select(entry => (Half)(entry.value * scale))],
                scale
            ),
            [.. Enumerable.Range(0, items.Length).Select(item => 1f / (item + 1))]
        );
    }

    /// <summary>A model whose weights are multiples of 1/64, so that sums are exact in any order.</summary>
    public static ItemModel Random(int items, int perRow, int seed)
    {
        var random = new Random(seed);
        return Of([.. Enumerable.Range(0, items).Select(row =>
        {
            var weights = new double[items];
            for (var i = 0; i < perRow; i++)
                weights[random.Next(items)] = random.Next(1, 64) / 64d;
            weights[row] = 0;
            return weights;
        })]);
    }

    private static ModelManifest Manifest(int items, (string Name, double Value)[] parameters)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [ParameterNames.WeightCap] = 5,
            [ParameterNames.PositionDecay] = 1,
            [ParameterNames.HalfLifeDays] = 0,
            [ParameterNames.RepeatBonus] = 0,
        };
        foreach (var (name, value) in parameters)
            all[name] = value;
        return new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentFormat,
            EventTypes = ManifestEventType.From(Domain.Interactions.EventTypeSettings.Default),
            ModelVersion = "by-hand",
            Trainer = "sparse",
            Created = "2026-01-31T12:00:00.000Z",
            Data = new("2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00.000Z", 1, items, 1),
            Parameters = all,
            Metrics = new(StringComparer.Ordinal),
            Binary = new(0, ""),
        };
    }
}
