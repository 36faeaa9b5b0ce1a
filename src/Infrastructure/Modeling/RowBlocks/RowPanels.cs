using System.Collections.Concurrent;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// Makes rows of items from histories that do not fit into memory: as many rows at a time as a budget of memory allows
/// (a panel), with one pass over the histories for each panel. A row is summed in the order of the users, so its bytes
/// depend neither on the panel nor on the number of threads.
/// </summary>
/// <param name="items">How many columns there are.</param>
/// <param name="threads">The maximum number of threads.</param>
/// <param name="budgetBytes">About how much memory the sums of a panel may take.</param>
internal sealed class RowPanels(int items, int threads, long budgetBytes)
{
    private const int Group = BlockProduct.Width;
    private const int ItemsOfTask = 16;

    /// <summary>A sum and its share of the marks.</summary>
    private const double BytesOfSum = 4 + (1 / 64d);

    /// <param name="rows">Whose rows to make, ascending.</param>
    /// <param name="from">The number of the first row of the block.</param>
    /// <param name="neighbours">The maximum number of entries in a row.</param>
    /// <param name="pass">Reads the histories once for the items of a panel, chunk by chunk. Each chunk adds its part
    /// of a row, by its number in the panel, to a sum.</param>
    /// <param name="finisher">Makes the working memory of a thread that finishes rows.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked for each chunk and each group of rows.</param>
    public RowBlock Make(
        int[] rows,
        int from,
        int neighbours,
        Func<int[], IEnumerable<Action<int, Accumulator>>> pass,
        Func<RowFinisher> finisher,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        progress(0);
        var block = new RowBlockBuilder(from, rows.Length, neighbours);
        var panel = RowsOfPanel(rows.Length);
        var finished = new (int[] Columns, float[] Values)[Math.Min(panel, rows.Length)];
        var sums = Enumerable.Range(0, Math.Min(panel, rows.Length)).Select(_ => new Accumulator(items)).ToArray();
        // A finisher has tens of megabytes with many items, so panels hand them on.
        var idle = new ConcurrentBag<RowFinisher>();
        for (var start = 0; start < rows.Length; start += panel)
        {
            var (first, count) = (start, Math.Min(panel, rows.Length - start));
            foreach (var add in pass(rows[first..(first + count)]))
                InTasks(count, ItemsOfTask, parallel, (at, end) =>
                {
                    for (; at < end; at++)
                        add(at, sums[at]);
                });
            Parallel.For(0, (count + Group - 1) / Group, parallel, Take, (group, _, own) =>
            {
                var (at, end) = (group * Group, Math.Min(count, (group + 1) * Group));
                own.Finish(
                    rows.AsSpan((first + at)..(first + end)), sums.AsSpan(at..end), finished.AsSpan(at..end));
                foreach (var sum in sums.AsSpan(at..end))
                    sum.Clear();
                return own;
            }, idle.Add);
            block.Add(finished.AsSpan(0, count));
            progress((double)(first + count) / rows.Length);
        }
        return block.End();

        RowFinisher Take() => idle.TryTake(out var one) ? one : finisher();
    }

    private int RowsOfPanel(int rows)
    {
        var most = Math.Clamp((long)(budgetBytes / (BytesOfSum * Math.Max(1, items))), Group, Array.MaxLength);
        return (int)Math.Min(Math.Max(1, rows), most / Group * Group);
    }

    private static void InTasks(int count, int length, ParallelOptions parallel, Action<int, int> work) =>
        Parallel.For(0, (count + length - 1) / length, parallel, task =>
            work(task * length, Math.Min(count, (task + 1) * length)));
}

/// <summary>Turns summed rows into finished ones. Has the working memory of one thread.</summary>
internal abstract class RowFinisher
{
    /// <param name="items">The items of the rows; 64 at most.</param>
    /// <param name="sums">Their sums; may be changed.</param>
    /// <param name="rows">Receives the finished rows.</param>
    public abstract void Finish(
        ReadOnlySpan<int> items, ReadOnlySpan<Accumulator> sums, Span<(int[] Columns, float[] Values)> rows);
}
