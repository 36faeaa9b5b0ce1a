namespace Recommendation.Import.Internals.Columns;

/// <summary>Which columns of a table hold the fields of an interaction.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<InteractionField, int[]> _columns = [];
    private readonly IRowTable _table;
    private readonly ReadOptions _options;
    private readonly Preset? _preset;

    /// <exception cref="InputException">A column is missing, or two could be meant; the message
    /// says what to do.</exception>
    internal ColumnMap(IRowTable table, ReadOptions options, Preset? preset)
    {
        (_table, _options, _preset) = (table, options, preset);
        foreach (var field in Enum.GetValues<InteractionField>())
            _columns[field] = Find(field);
        Orders = _columns[InteractionField.EventId].Length == 0 ? OrderColumns() : [];
        if (_columns[InteractionField.UserId].Length == 0 || _columns[InteractionField.ItemId].Length == 0)
            throw new InputException(Missing());
    }

    /// <summary>
    /// The columns of the order's id, from which event ids are made, the best first; none where there are event ids.
    /// </summary>
    internal int[] Orders { get; }

    /// <summary>What each used column means, in the order of the fields.</summary>
    private List<FileColumn> Used()
    {
        var used = new List<FileColumn>();
        foreach (var (meaning, columns) in _columns)
            used.AddRange(columns.Select(column => new FileColumn(_table.Names[column], NameOf(meaning))));
        used.AddRange(Orders.Select(column => new FileColumn(_table.Names[column], NameOf(InteractionField.EventId))));
        return used;
    }

    private IReadOnlyList<string> Unused =>
        [
            .. _table.Names.Where(
                (name, index) =>
                    name.Length > 0
                    && !Orders.Contains(index)
                    && !_columns.Values.Any(columns => columns.Contains(index))
            ),
        ];

    /// <summary>The columns of the times, of the user and of the item, which a survey looks at.</summary>
    internal (int[] Times, int User, int Item) Surveyed =>
        (
            _columns[InteractionField.Timestamp],
            _columns[InteractionField.UserId][0],
            _columns[InteractionField.ItemId][0]
        );

    internal int[] this[InteractionField field] => _columns[field];

    /// <summary>The columns that mark a row as cancelled, each with the values that do.</summary>
    internal IReadOnlyList<(int Column, string[] Values)> Cancelled =>
        [.. from mark in _preset?.Cancelled ?? []
            from column in Matching(name => IsCalled(name, mark.Column))
            select (column, mark.Values)];

    internal FileReading ToReading(ColumnSurvey survey, string? type) => new()
    {
        OnlyType = type,
        Columns = Used(),
        Unused = Unused,
        Times = survey.Times,
        HasTypes = _columns[InteractionField.InteractionType].Length > 0,
    };

    /// <summary>The field's name in the event format.</summary>
    internal static string NameOf(InteractionField field) => field switch
    {
        InteractionField.UserId => "userId",
        InteractionField.ItemId => "itemId",
        InteractionField.InteractionType => "interactionType",
        InteractionField.Timestamp => "timestamp",
        InteractionField.EventId => "eventId",
        InteractionField.Currency => "currency",
        InteractionField.RecommendationId => "recommendationId",
        _ => "value",
    };

    private int[] Find(InteractionField field)
    {
        if (_options.Map.TryGetValue(field, out var asked))
            return [.. asked.Select(Asked)];
        if (field == InteractionField.EventId && _preset is { Orders.Length: > 0 })
            return [];
        if (_preset is not null && _preset.Columns.TryGetValue(field, out var preferred))
        {
            int[] found = [.. preferred.SelectMany(name => Matching(each => IsCalled(each, name)))];
            if (found.Length > 0 || preferred.Length == 0)
                return field == InteractionField.Timestamp ? found[..1] : found; // Several would be joined.
        }
        foreach (var own in ColumnNames.Own[field])
        {
            var found = Matching(name => name.Equals(own, StringComparison.OrdinalIgnoreCase));
            if (found.Length > 1)
                throw new InputException($"The header of '{_table.File}' names the column {own} twice; rename one.");
            if (found.Length == 1)
                return found;
        }
        foreach (var names in (string[][])[ColumnNames.Synonyms[field], ColumnNames.Possible[field]])
        {
            var found = Matching(name => names.Contains(ColumnNames.Normalise(name), StringComparer.Ordinal));
            if (found.Length > 1)
                throw new InputException(Ambiguous(field, found));
            if (found.Length == 1)
                return found;
        }
        return [];
    }

    private int Asked(string asked)
    {
        var found = Matching(name => name.Equals(asked, StringComparison.Ordinal));
        if (found.Length == 0)
            found = Matching(name => IsCalled(name, ColumnNames.Normalise(asked)));
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InputException($"'{_table.File}' has no column '{asked}'; it has {Found(_table)}."),
            _ => throw new InputException($"'{_table.File}' has {found.Length} columns '{asked}'; rename all but one."),
        };
    }

    private static bool IsCalled(string name, string normalised) =>
        ColumnNames.Normalise(name).Equals(normalised, StringComparison.Ordinal);

    private int[] OrderColumns()
    {
        if (
            _preset?.Orders.SelectMany(name => Matching(each => IsCalled(each, name))).ToArray() is
            { Length: > 0 } preferred
        )
            return preferred;
        var found = Matching(name => ColumnNames.Orders.Contains(ColumnNames.Normalise(name), StringComparer.Ordinal));
        return found.Length == 1 ? found : [];
    }

    private int[] Matching(Func<string, bool> condition) =>
        [.. Enumerable.Range(0, _table.Names.Count).Where(index => condition(_table.Names[index]))];

    private string Ambiguous(InteractionField field, int[] found)
    {
        var name = NameOf(field);
        var choices = string.Join(" or ", found.Take(3).Select(index => $"--map {name}={_table.Names[index]}"));
        var both =
            field == InteractionField.Timestamp
                ? " or, for a date and a time, --map "
                    + $"{name}={string.Join(',', found.Take(2).Select(index => _table.Names[index]))}"
                : "";
        return $"In '{_table.File}' {found.Length} columns could be the {name}: "
            + $"{string.Join(", ", found.Select(index => $"'{_table.Names[index]}'"))}. Say which with "
            + $"{choices}{both}.";
    }

    private string Missing()
    {
        if (_preset?.WhenMissing is { } known)
            return $"'{_table.File}' has {Found(_table)}. {known}.";
        var lacking = string.Join(
            " and ",
            from field in (InteractionField[])[InteractionField.UserId, InteractionField.ItemId]
            where _columns[field].Length == 0
            select NameOf(field)
        );
        return $"The header of '{_table.File}' has {Found(_table)}; it needs userId and itemId, or names known for "
            + "them. "
            + "Say which columns are meant with --map "
            + $"{lacking.Replace(" and ", "=COLUMN,", StringComparison.Ordinal)}=COLUMN, "
            + $"or name the data set with --preset (Online Retail has {OnlineRetailRows.Columns}).";
    }

    /// <summary>The names as a clause of a message; long ones are cut.</summary>
    internal static string Found(IRowTable table)
    {
        var names = $"'{string.Join("', '", table.Names)}'";
        return names.Length > 200 ? string.Concat(names.AsSpan(0, 200), "…'") : names;
    }
}
