using System.Runtime.CompilerServices;

namespace Recommendation.Application;

/// <summary>Cuts a stream into lists, so that stores are asked for many at a time and memory stays flat.</summary>
internal static class AsyncChunks
{
    private const int FirstCapacity = 64;

    internal static async IAsyncEnumerable<IReadOnlyList<T>> ChunkAsync<T>(
        this IAsyncEnumerable<T> source, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not the whole size at once: most streams are short, and a list of 16,384 would be a large object
        // for each of them.
        var chunk = new List<T>(Math.Min(size, FirstCapacity));
        await foreach (var element in source.WithCancellation(cancellationToken))
        {
            chunk.Add(element);
            if (chunk.Count < size)
                continue;
            yield return chunk;
            chunk = new List<T>(Math.Min(size, FirstCapacity));
        }
        if (chunk.Count > 0)
            yield return chunk;
    }
}
