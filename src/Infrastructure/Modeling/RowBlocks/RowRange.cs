using Recommendation.Application.Ports;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>Whose rows a worker makes.</summary>
public sealed record RowRange
{
    private RowRange(int first, int second, bool isPart) => (First, Second, IsPart) = (first, second, isPart);

    private int First { get; }

    private int Second { get; }

    private bool IsPart { get; }

    /// <summary>The items from a number to another, which is left out.</summary>
    public static RowRange Between(int from, int to) => new(from, to, isPart: false);

    /// <summary>One of equal parts of all items.</summary>
    /// <param name="index">The number of the part, from 0, as schedulers count the workers of a job.</param>
    /// <param name="count">How many parts there are.</param>
    public static RowRange Part(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return new(index, count, isPart: true);
    }

    /// <returns>The first item, and the item after the last one. A part is empty if there are more parts than
    /// items.</returns>
    /// <exception cref="RefusedException">There are no such items.</exception>
    internal (int From, int To) Of(int items)
    {
        if (IsPart)
            return ((int)((long)items * First / Second), (int)((long)items * (First + 1L) / Second));
        var to = Math.Min(Second, items);
        return First >= 0 && First < to ? (First, to) : throw new RefusedException(
            $"There are no rows {First}..{Second}: the plan has the rows 0..{items}.");
    }
}
