namespace Recommendation.Simulator.Fuzzing;

/// <summary>A decoder, and valid input to begin from.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Corpus">Valid input.</param>
/// <param name="Decode">Decodes; throws what the decoder promises to throw for bad input, and nothing else.</param>
/// <param name="Refusals">The exceptions by which the decoder refuses input.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, Action<byte[]> Decode,
    params Type[] Refusals)
{
    /// <summary>How many bytes the decoder may allocate, whatever the input.</summary>
    public long MaximumAllocated { get; init; } = 64 << 20;
}
