using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals.Json;

/// <summary>A file as pieces of JSON.</summary>
internal interface IRecordReader
{
    /// <summary>The piece, or its beginning where it is too long. Valid until the next one is read.</summary>
    ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Null where the piece is whole.</summary>
    Rejection? Problem { get; }

    /// <summary>Where it begins, from 1.</summary>
    long Line { get; }

    /// <summary>Its place among those that begin in the same line, from 0.</summary>
    int Index { get; }

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The file breaks off.</exception>
    bool Next();
}
