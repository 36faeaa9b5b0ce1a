using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>A file as rows of named columns, whatever its format.</summary>
internal interface IRowTable
{
    /// <summary>What messages call the file.</summary>
    string File { get; }

    IReadOnlyList<string> Names { get; }

    /// <summary>Where the row begins, from 1.</summary>
    long Line { get; }

    /// <summary>The row's place in its line, from 0.</summary>
    int Index { get; }

    /// <summary>The row as it came. Valid until the next row is read.</summary>
    ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Why the row can't be used; null where it can.</summary>
    Rejection? Problem { get; }

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The file breaks off.</exception>
    bool Next();

    /// <summary>A field of the row; null where it is blank or there is no such column.</summary>
    string? Text(int column);
}
