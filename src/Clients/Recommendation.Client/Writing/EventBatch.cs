using System.Globalization;
using Recommendation.Client.Spilling;

namespace Recommendation.Client.Writing;

/// <summary>Events that are sent together: always the same ones, with the same ids and the same key.</summary>
/// <param name="Number">Counts the batches of this writer; 0 for one that another process left.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Body">A JSON array.</param>
/// <param name="Count">How many events it holds.</param>
internal sealed record EventBatch(long Number, string Key, byte[] Body, int Count)
{
    /// <summary>Where it is on the disk; null if it is in memory only.</summary>
    internal SpilledBatch? Spilled { get; init; }

    /// <summary>
    /// How often the key was replaced. The API holds the key of an attempt that it did not finish for a minute; the ids
    /// of the events make another attempt under another key harmless.
    /// </summary>
    internal int Generation { get; set; }

    internal string CurrentKey => Generation == 0
        ? Key
        : string.Create(CultureInfo.InvariantCulture, $"{Key}.{Generation}");
}
