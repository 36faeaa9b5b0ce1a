using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import.Internals;

/// <summary>Finds columns of a table by their names.</summary>
internal static class RowTableColumns
{
    /// <summary>The column of this name, whatever its case; -1 where there is none.</summary>
    /// <exception cref="InputException">There are two.</exception>
    internal static int Column(this IRowTable table, string name) =>
        table.Column(each => each.Equals(name, StringComparison.OrdinalIgnoreCase), name);

    /// <summary>
    /// The column of one of these names, whatever their case, spaces and underscores; -1 where there is none.
    /// </summary>
    /// <exception cref="InputException">There are two.</exception>
    internal static int ColumnLike(this IRowTable table, params string[] names) =>
        table.Column(each => names.Contains(ColumnNames.Normalise(each), StringComparer.OrdinalIgnoreCase), names[0]);

    private static int Column(this IRowTable table, Predicate<string> isIt, string name)
    {
        var found = -1;
        for (var i = 0; i < table.Names.Count; i++)
        {
            if (!isIt(table.Names[i]))
                continue;
            if (found >= 0)
                throw new InputException($"The header of '{table.File}' names the column {name} twice; rename one.");
            found = i;
        }
        return found;
    }
}
