using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// The user-item matrix of all users in a temporary file, and the sums by item that rows need. See
/// <see cref="UserItemMatrix"/>.
/// </summary>
internal sealed class FoldedHistories : IDisposable
{
    /// <summary>So many pairs are in memory at a time.</summary>
    private const int ChunkPairs = 1 << 20;

    /// <summary>A transposed chunk has a row for each item, so a chunk has several pairs for each.</summary>
    private const int PairsPerItem = 4;

    private readonly ChunkFile<float> _matrix;

    private FoldedHistories(ChunkFile<float> matrix, double[] degrees, long users, long usersWithPairs) =>
        (_matrix, Degrees, Users, UsersWithPairs) = (matrix, degrees, users, usersWithPairs);

    /// <summary>d_i: the summed weight of each item.</summary>
    public double[] Degrees { get; }

    public int Items => Degrees.Length;

    /// <summary>The users with a history that is not empty.</summary>
    public long Users { get; }

    /// <summary>The users with two items or more.</summary>
    public long UsersWithPairs { get; }

    /// <summary>The matrix, some users at a time.</summary>
    public IEnumerable<SparseMatrix> Chunks(CancellationToken cancellationToken) => _matrix
        .Read(cancellationToken)
        .Select(chunk => new SparseMatrix(Items, chunk.Offsets, chunk.First, chunk.Second));

    public static FoldedHistories Make(
        HistorySource source, ModelTrainerOptions options, CancellationToken cancellationToken)
    {
        var matrix = new ChunkFile<float>(options.TemporaryFolder, PairsOfChunk(source.ItemIds.Length));
        try
        {
            var (degrees, users, usersWithPairs) = (new double[source.ItemIds.Length], 0L, 0L);
            foreach (var events in source.Chunks(cancellationToken))
            {
                var part = UserItemMatrix.From(
                    events, options.HistoryLimit, options.WeightCap, double.PositiveInfinity, cancellationToken).Matrix;
                for (var entry = 0; entry < part.Entries; entry++)
                    degrees[part.Indices[entry]] += part.Values[entry];
                for (var user = 0; user < part.Rows; user++)
                {
                    users += part.IndicesOf(user).Length > 0 ? 1 : 0;
                    usersWithPairs += part.IndicesOf(user).Length > 1 ? 1 : 0;
                }
                matrix.Add(part.Offsets, part.Indices, part.Values);
            }
            matrix.End();
            return new(matrix, degrees, users, usersWithPairs);
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <summary>The sequences of all users, for transitions.</summary>
    public static ChunkFile<int> Sequences(
        HistorySource source, ModelTrainerOptions options, CancellationToken cancellationToken)
    {
        var sequences = new ChunkFile<int>(options.TemporaryFolder, PairsOfChunk(source.ItemIds.Length));
        try
        {
            foreach (var events in source.Chunks(cancellationToken))
            {
                var part = ItemSequences.Of(events, options.HistoryLimit);
                sequences.Add(part.Users, part.Items, part.Steps);
            }
            sequences.End();
            return sequences;
        }
        catch
        {
            sequences.Dispose();
            throw;
        }
    }

    public void Dispose() => _matrix.Dispose();

    private static int PairsOfChunk(int items) => Math.Max(ChunkPairs, PairsPerItem * items);
}
