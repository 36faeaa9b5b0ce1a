using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recommendation.Modeling.Histories;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// Ragged rows of pairs in a temporary file, to be read again and again: what a pass over the histories needs, without
/// decoding them each time.
/// </summary>
/// <typeparam name="T">The second number of a pair.</typeparam>
/// <param name="folder">Where; null for the system's folder for temporary files.</param>
/// <param name="chunkPairs">How many pairs are read at once, or more.</param>
internal sealed class ChunkFile<T>(string? folder, int chunkPairs) : IDisposable
    where T : unmanaged
{
    private const int PartBytes = 1 << 28;

    private readonly FileStream _file = TemporaryFiles.Create(folder, "chunks");
    private readonly List<int> _offsets = [0];
    private readonly List<int> _first = [];
    private readonly List<T> _second = [];
    private int _chunks;

    /// <summary>How many pairs there are.</summary>
    public long Pairs { get; private set; }

    /// <summary>Adds rows.</summary>
    public void Add(ReadOnlySpan<int> offsets, ReadOnlySpan<int> first, ReadOnlySpan<T> second)
    {
        var before = _first.Count - offsets[0];
        foreach (var end in offsets[1..])
            _offsets.Add(before + end);
        _first.AddRange(first[offsets[0]..offsets[^1]]);
        _second.AddRange(second[offsets[0]..offsets[^1]]);
        if (_first.Count >= chunkPairs)
            Spill();
    }

    /// <summary>Ends the writing.</summary>
    public void End()
    {
        if (_offsets.Count > 1)
            Spill();
    }

    /// <summary>All chunks in order. Each one is valid until the next.</summary>
    public IEnumerable<Chunk<T>> Read(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        var (first, second) = (Array.Empty<int>(), Array.Empty<T>());
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lengths = new int[2];
            ReadInto<int>(lengths);
            var offsets = new int[lengths[0]];
            if (first.Length < lengths[1])
                (first, second) = (new int[lengths[1]], new T[lengths[1]]);
            ReadInto<int>(offsets);
            ReadInto(first.AsSpan(0, lengths[1]));
            ReadInto(second.AsSpan(0, lengths[1]));
            yield return new(offsets, first, second);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Spill()
    {
        Write<int>([_offsets.Count, _first.Count]);
        Write<int>(CollectionsMarshal.AsSpan(_offsets));
        Write<int>(CollectionsMarshal.AsSpan(_first));
        Write<T>(CollectionsMarshal.AsSpan(_second));
        Pairs += _first.Count;
        _chunks++;
        _offsets.RemoveRange(1, _offsets.Count - 1);
        _first.Clear();
        _second.Clear();
    }

    // In parts, because a span of bytes can't be longer than 2 GB.
    private void Write<TNumber>(ReadOnlySpan<TNumber> numbers)
        where TNumber : unmanaged
    {
        for (; !numbers.IsEmpty; numbers = numbers[Part<TNumber>(numbers.Length)..])
            _file.Write(MemoryMarshal.AsBytes(numbers[..Part<TNumber>(numbers.Length)]));
    }

    private void ReadInto<TNumber>(Span<TNumber> numbers)
        where TNumber : unmanaged
    {
        for (; !numbers.IsEmpty; numbers = numbers[Part<TNumber>(numbers.Length)..])
            _file.ReadExactly(MemoryMarshal.AsBytes(numbers[..Part<TNumber>(numbers.Length)]));
    }

    private static int Part<TNumber>(int count) => Math.Min(count, PartBytes / Unsafe.SizeOf<TNumber>());
}

/// <summary>Some rows.</summary>
/// <param name="Offsets">Where each row begins; one more than there are rows.</param>
/// <param name="First">The first numbers of the pairs; the array may be longer.</param>
/// <param name="Second">The second numbers of the pairs; the array may be longer.</param>
internal sealed record Chunk<T>(int[] Offsets, int[] First, T[] Second);
