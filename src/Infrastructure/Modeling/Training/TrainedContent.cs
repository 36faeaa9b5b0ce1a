using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Training;

/// <summary>Weights with content in them, and with the new items.</summary>
/// <param name="ItemIds">All items in ordinal order: those with interactions, and the new ones.</param>
/// <param name="Known">By item with interactions, its number among all.</param>
/// <param name="Weights">W of all items.</param>
/// <param name="Index">What all items say of themselves.</param>
/// <param name="Parameters">How content counts.</param>
internal sealed record TrainedContent(
    string[] ItemIds, int[] Known, ItemWeights Weights, ContentIndex Index, ContentParameters Parameters)
{
    /// <summary>Values of the items with interactions as values of all items; new items have 0.</summary>
    public float[] Spread(float[] values)
    {
        var all = new float[ItemIds.Length];
        foreach (var (item, number) in Known.Index())
            all[number] = values[item];
        return all;
    }
}
