using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Linear;

namespace Recommendation.Benchmarks.Models;

/// <summary>
/// A model of a size, without a training: half of a row near its item, half among the popular ones,
/// as in trained models.
/// </summary>
internal static class SyntheticModel
{
    public static ItemModel Of(int items, int neighbours, int seed)
    {
        var random = new Random(seed);
        var offsets = new int[items + 1];
        var columns = new int[items * neighbours];
        var row = new HashSet<int>();
        for (var item = 0; item < items; item++)
        {
            row.Clear();
            while (row.Count < neighbours)
            {
                var near = (item + random.Next(-4 * neighbours, 4 * neighbours) + items) % items;
                row.Add(row.Count % 2 == 0 ? near : (int)(items * Math.Pow(random.NextDouble(), 3)));
            }
            row.Order().ToArray().CopyTo(columns, item * neighbours);
            offsets[item + 1] = (item + 1) * neighbours;
        }
        var values = Array.ConvertAll(columns, _ => (Half)(1 / (0.001 + random.NextDouble())));
        return new ItemModel(
            Manifest(items), [.. Enumerable.Range(0, items).Select(item => ItemId.Parse($"item-{item:d8}"))],
            new ItemWeights(offsets, columns, values, 1024), [.. Enumerable.Range(1, items).Select(rank => 1f / rank)]);
    }

    private static ModelManifest Manifest(int items) => new()
    {
        FormatVersion = ModelManifest.CurrentFormat,
        ModelVersion = "synthetic",
        Trainer = "none",
        Created = "",
        Data = new("", "", 1, items, 1),
        Parameters = new(StringComparer.Ordinal)
        {
            [ParameterNames.WeightCap] = 5,
            [ParameterNames.PositionDecay] = 0.95,
            [ParameterNames.HalfLifeDays] = 30,
            [ParameterNames.RepeatBonus] = 0,
        },
        Metrics = new(StringComparer.Ordinal),
        Binary = new(0, ""),
    };
}
