namespace Recommendation.Modeling.Linear;

/// <summary>Where some columns occur in ragged rows: column by column, with rows in ascending order.</summary>
/// <param name="Offsets">Where the entries of each column begin; one more than there are columns.</param>
/// <param name="Rows">The row of each entry.</param>
/// <param name="Entries">The place of each entry in the rows.</param>
internal sealed record ColumnEntries(int[] Offsets, int[] Rows, int[] Entries)
{
    /// <param name="offsets">Where each row begins; one more than there are rows.</param>
    /// <param name="indices">The column of each entry.</param>
    /// <param name="columns">Which columns.</param>
    public static ColumnEntries Of(ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ColumnPlaces columns)
    {
        var starts = new int[columns.Count + 1];
        foreach (var column in indices[..offsets[^1]])
        {
            if (columns.Of(column) is >= 0 and var place)
                starts[place + 1]++;
        }
        for (var place = 0; place < columns.Count; place++)
            starts[place + 1] += starts[place];
        var next = starts.AsSpan(0, columns.Count).ToArray();
        var (rows, entries) = (new int[starts[^1]], new int[starts[^1]]);
        for (var row = 0; row < offsets.Length - 1; row++)
        {
            for (var entry = offsets[row]; entry < offsets[row + 1]; entry++)
            {
                if (columns.Of(indices[entry]) is >= 0 and var place)
                    (rows[next[place]], entries[next[place]++]) = (row, entry);
            }
        }
        return new(starts, rows, entries);
    }
}

/// <summary>Some columns, numbered in order.</summary>
internal sealed class ColumnPlaces
{
    private readonly int _first;
    private readonly int[] _places;

    /// <param name="columns">Ascending.</param>
    public ColumnPlaces(ReadOnlySpan<int> columns)
    {
        if (columns.IsEmpty)
        {
            _places = [];
            return;
        }
        _first = columns[0];
        _places = new int[columns[^1] - _first + 1];
        Array.Fill(_places, -1);
        for (var place = 0; place < columns.Length; place++)
            _places[columns[place] - _first] = place;
        Count = columns.Length;
    }

    public int Count { get; }

    /// <returns>Its number; -1 if it is none of them.</returns>
    public int Of(int column) => (uint)(column - _first) < (uint)_places.Length ? _places[column - _first] : -1;
}
