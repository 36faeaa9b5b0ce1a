namespace Recommendation.Modeling.Trainers.Content;

/// <summary>A kind of attribute.</summary>
/// <param name="Name">Such as <c>title</c> or <c>attribute:colour</c>.</param>
/// <param name="Bounds">Where the bins of its numbers begin, ascending, without the first; empty where it has no
/// numbers.</param>
internal sealed record ContentKind(string Name, double[] Bounds)
{
    private const int MaximumBins = 12;

    /// <summary>The bins that hold about the same number of values each.</summary>
    /// <param name="values">Sorted here.</param>
    public static double[] QuantilesOf(double[] values)
    {
        Array.Sort(values);
        var bounds = new List<double>();
        for (var bin = 1; bin < MaximumBins; bin++)
        {
            var bound = values[(int)((long)values.Length * bin / MaximumBins)];
            if (bound > values[0] && (bounds.Count == 0 || bound > bounds[^1]))
                bounds.Add(bound);
        }
        return [.. bounds];
    }

    /// <summary>The number of the bin of a value.</summary>
    public int BinOf(double value)
    {
        var at = Bounds.AsSpan().BinarySearch(value);
        return at < 0 ? ~at : at + 1;
    }
}
