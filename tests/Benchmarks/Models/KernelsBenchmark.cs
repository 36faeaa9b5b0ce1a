using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Ease;

namespace Recommendation.Benchmarks.Models;

/// <summary>
/// The dense kernels: products of 64 columns at a time, Cholesky's factor, and the blocked inverse, in GFLOP/s and
/// against loops that do the same without blocks or vectors; and EASE on as many items as asked for,
/// from histories to weights.
/// </summary>
internal static class KernelsBenchmark
{
    private static readonly Option<int> s_side = new("--side")
    {
        Description = "Side of the matrices.",
        DefaultValueFactory = _ => 2048,
    };
    private static readonly Option<int> s_items = new("--items")
    {
        Description = "Items for EASE; 0 to leave it out.",
        DefaultValueFactory = _ => 12_000,
    };

    internal static Command Create()
    {
        var command = new Command("kernels", "Measure the dense kernels.\n\nExample: kernels --side 2048 --items 12000")
        {
            s_side,
            s_items,
        };
        command.SetAction(parse =>
        {
            var (side, items) = (parse.GetValue(s_side), parse.GetValue(s_items));
            var threads = Environment.ProcessorCount;
            var matrix = PositiveDefinite(SymmetricInverse.Padded(side));
            var n = SymmetricInverse.Padded(side);
            var product = Best(() => Product(matrix, n, threads));
            var inverse = Best(() =>
                SymmetricInverse.Invert((float[])matrix.Clone(), n, threads, _ => { }, CancellationToken.None)
            );
            var factor = Best(() => Cholesky.InverseOfFactor(Small(matrix, n, 272)));
            const int few = 512;
            var naiveProduct = Best(() => NaiveKernels.Product(matrix, n, few));
            var naiveInverse = Best(() => NaiveKernels.Inverse(matrix, n, few));
            double Gigaflops(double operations, double seconds) => Math.Round(operations / seconds / 1e9, 1);
            var document = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "kernels",
                ["side"] = n,
                ["threads"] = threads,
                ["productGigaflops"] = Gigaflops(2.0 * n * n * n, product),
                ["naiveProductGigaflops"] = Gigaflops(2.0 * n * n * few, naiveProduct),
                ["inverseGigaflops"] = Gigaflops(1.0 * n * n * n, inverse),
                ["naiveInverseGigaflops"] = Gigaflops(2.0 * few * few * few, naiveInverse),
                ["choleskyGigaflops"] = Gigaflops(2.0 / 3 * 272 * 272 * 272, factor),
            };
            if (items > 0)
            {
                var (seconds, entries) = Ease(items, threads);
                (document["easeItems"], document["easeSeconds"], document["easeEntries"]) = (
                    items,
                    Math.Round(seconds, 1),
                    entries
                );
            }
            Console.WriteLine(JsonSerializer.Serialize(document));
            return 0;
        });
        return command;
    }

    private static double Best(Action work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    /// <summary>M · M, 64 columns at a time.</summary>
    private static void Product(float[] matrix, int n, int threads)
    {
        var target = new float[n * n];
        Parallel.For(
            0,
            n / BlockProduct.Width,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            block =>
            {
                var right = new float[n * BlockProduct.Width];
                for (var row = 0; row < n; row++)
                    matrix
                        .AsSpan((row * n) + (block * BlockProduct.Width), BlockProduct.Width)
                        .CopyTo(right.AsSpan(row * BlockProduct.Width));
                BlockProduct.AddProduct(
                    matrix,
                    n,
                    right,
                    new(target, n, block * BlockProduct.Width),
                    0..n,
                    keep: 0,
                    factor: 1
                );
            }
        );
    }

    private static (double Seconds, int Entries) Ease(int items, int threads)
    {
        var random = new Random(3);
        const int users = 20_000, length = 60;
        var indices = new int[users * length];
        for (var user = 0; user < users; user++)
        {
            var history = new HashSet<int>();
            while (history.Count < length)
                history.Add((int)(items * Math.Pow(random.NextDouble(), 2)));
            history.CopyTo(indices, user * length);
        }
        var values = new float[indices.Length];
        Array.Fill(values, 1f);
        var matrix = new SparseMatrix(
            items,
            [.. Enumerable.Range(0, users + 1).Select(user => user * length)],
            indices,
            values
        );
        var start = Stopwatch.GetTimestamp();
        var trainer = new EaseSolver(matrix, 500, threads);
        var weights = trainer.Weights(
            trainer.Invert(true, 0.05, _ => { }, CancellationToken.None),
            new(true, 0.05, 0.25),
            CancellationToken.None
        );
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, weights.Columns.Length);
    }

    private static float[] PositiveDefinite(int n)
    {
        var random = new Random(4);
        var matrix = new float[n * n];
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column <= row; column++)
                matrix[(row * n) + column] = matrix[(column * n) + row] =
                    row == column ? n : random.NextSingle() - 0.5f;
        }
        return matrix;
    }

    private static double[,] Small(float[] matrix, int n, int side)
    {
        var small = new double[side, side];
        for (var i = 0; i < side * side; i++)
            small[i / side, i % side] = matrix[(i / side * n) + (i % side)];
        return small;
    }
}
