using System.Runtime.CompilerServices;

namespace Recommendation.Application;

/// <summary>Cuts a stream into lists, so that stores are asked for many at a time and memory stays flat.</summary>
internal static class AsyncChunks
{
    internal static async IAsyncEnumerable<IReadOnlyList<T>> ChunkAsync<T>(
        this IAsyncEnumerable<T> source, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<T>(size);
        await foreach (var element in source.WithCancellation(cancellationToken))
        {
            chunk.Add(element);
            if (chunk.Count < size)
                continue;
            yield return chunk;
            chunk = new List<T>(size);
        }
        if (chunk.Count > 0)
            yield return chunk;
    }
}
