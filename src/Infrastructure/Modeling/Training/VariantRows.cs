using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Adds the variants of products to a model that was trained on one variant of each. A variant in a history says what
/// that one says; only that one is ranked, and who makes a list decides which variant is shown.
/// </summary>
internal static class VariantRows
{
    /// <param name="model">The model.</param>
    /// <param name="mains">By the id of a variant that the model does not have yet, that of the one it was trained as.
    /// </param>
    internal static ModelContent Add(ModelContent model, IReadOnlyDictionary<string, string> mains)
    {
        string[] added =
        [
            .. mains.Where(one => IndexOf(model.ItemIds, one.Key) < 0 && IndexOf(model.ItemIds, one.Value) >= 0)
                .Select(one => one.Key),
        ];
        if (added.Length == 0)
            return model;
        string[] ids = [.. model.ItemIds.Concat(added).Order(StringComparer.Ordinal)];
        var numbers = Array.ConvertAll(model.ItemIds, id => IndexOf(ids, id));
        var own = Array.ConvertAll(ids, id => IndexOf(model.ItemIds, id));
        var rows = Array.ConvertAll(ids, id => IndexOf(model.ItemIds, mains.GetValueOrDefault(id, id)));
        foreach (var (number, row) in own.Index())
            rows[number] = row >= 0 ? row : rows[number];
        return model with
        {
            ItemIds = ids,
            Weights = Weights(model.Weights, rows, numbers),
            Popularity = Array.ConvertAll(own, item => item < 0 ? 0 : model.Popularity[item]),
            Content = model.Content is { } content ? Content(content, own) : null,
        };
    }

    private static int IndexOf(string[] ids, string id) => Array.BinarySearch(ids, id, StringComparer.Ordinal);

    /// <param name="weights">The weights of the model.</param>
    /// <param name="rows">By item, whose row it has.</param>
    /// <param name="numbers">By item of the model, its new number; they ascend.</param>
    private static ItemWeights Weights(ItemWeights weights, int[] rows, int[] numbers)
    {
        var offsets = new int[rows.Length + 1];
        for (var item = 0; item < rows.Length; item++)
            offsets[item + 1] = checked(offsets[item] + weights.ColumnsOf(rows[item]).Length);
        var (columns, values) = (new int[offsets[^1]], new Half[offsets[^1]]);
        for (var item = 0; item < rows.Length; item++)
        {
            var row = weights.ColumnsOf(rows[item]);
            for (var at = 0; at < row.Length; at++)
                columns[offsets[item] + at] = numbers[row[at]];
            weights.ValuesOf(rows[item]).CopyTo(values.AsSpan(offsets[item]));
        }
        return weights with { Offsets = offsets, Columns = columns, Values = values };
    }

    /// <summary>Variants are compared by their content as the one that was trained, and have none here.</summary>
    private static ContentIndex Content(ContentIndex content, int[] own)
    {
        var offsets = new int[own.Length + 1];
        for (var item = 0; item < own.Length; item++)
            offsets[item + 1] = offsets[item] + (own[item] < 0 ? 0 : content.FeaturesOf(own[item]).Length);
        // The items keep their order, so their entries do.
        return content with { Offsets = offsets };
    }
}
