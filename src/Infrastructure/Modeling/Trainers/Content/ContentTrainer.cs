using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Weights from content alone: the row of an item has the items that resemble it most, <c>c^p / (10 · 0.1^p + Σ
/// c^p)</c>
/// with <c>c = Σ_k a_k cos_k</c>. It reads no interactions: a were learned before, see <see cref="KindWeights"/>.
/// </summary>
/// <param name="index">The items of the data, by their numbers there, and the weights of the kinds.</param>
/// <param name="sharpness">p.</param>
internal sealed class ContentTrainer(ContentIndex index, double sharpness) : WeightTrainer
{
    private const int BlockLength = 64;

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var progress = run.Stage("comparing the content of items");
        var postings = new ContentPostings(index, targets: null);
        var rows = new RowStore(index.Items, BlockLength);
        var done = 0;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = run.Threads,
            CancellationToken = run.CancellationToken,
        };
        Parallel.For(0, rows.Blocks, options, () => new ContentSpace(index.Items), (block, _, space) =>
        {
            for (var item = block * BlockLength; item < Math.Min(index.Items, (block + 1) * BlockLength); item++)
            {
                var nearest = postings.Nearest(index.VectorOf(item), without: item, space);
                Add(rows, block, nearest, run.Neighbours);
            }
            lock (rows)
                progress((double)++done / rows.Blocks);
            return space;
        }, _ => { });
        return rows.ToWeights();
    }

    private void Add(RowStore rows, int block, ContentNeighbours nearest, int limit)
    {
        var shares = nearest.Shares(sharpness);
        var kept = Enumerable.Range(0, shares.Length).OrderByDescending(at => shares[at]).ThenBy(at => at)
            .Take(limit).Order().ToArray();
        rows.Add(
            block,
            kept.Length,
            Array.ConvertAll(kept, at => nearest.Items[at]),
            Array.ConvertAll(kept, at => shares[at]));
    }
}
