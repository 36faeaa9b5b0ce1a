using Recommendation.Import.Internals.Times;

namespace Recommendation.Import.Internals.Columns;

/// <summary>
/// Looks through a file before it is read, for what one row can't tell: the order of day and month, the unit of
/// numbers, ids with <c>.0</c>. It stops after the first megabyte, and goes on to the end only while
/// something is not decided.
/// </summary>
internal sealed class ColumnSurvey
{
    /// <summary>How much is always looked at, in bytes after unpacking.</summary>
    internal const int HeadBytes = 1024 * 1024;

    /// <summary>How much is always looked at of a table that is not read in bytes.</summary>
    private const int HeadRows = 20_000;

    private readonly IRowTable _table;
    private readonly int[] _timeColumns;
    private readonly int _user;
    private readonly int _item;
    private readonly TimeSurvey _times;
    private readonly IdSurvey _users = new();
    private readonly IdSurvey _items = new();

    private ColumnSurvey(IRowTable table, int[] timeColumns, int user, int item, DateOrder dates)
    {
        (_table, _timeColumns, _user, _item) = (table, timeColumns, user, item);
        _times = new TimeSurvey(
            table.File,
            string.Join("', '", timeColumns.Select(column => table.Names[column])),
            dates
        );
    }

    internal TimeForm Form { get; private set; }

    internal string Times => _times.Description;

    internal bool HasWholeUsers => _users.AreWhole;

    internal bool HasWholeItems => _items.AreWhole;

    /// <param name="source">The same file once more, from its beginning.</param>
    /// <param name="open">Opens the table.</param>
    /// <param name="columns">The columns of the times, of the user and of the item.</param>
    /// <param name="dates">The order of dates that was asked for.</param>
    /// <exception cref="InputException">The order of day and month can't be told.</exception>
    internal static ColumnSurvey Of(
        Source source, Func<ByteWindow, IRowTable> open, (int[] Times, int User, int Item) columns, DateOrder dates)
    {
        using var window = new ByteWindow(source, RowLimits.Window);
        var survey = new ColumnSurvey(open(window), columns.Times, columns.User, columns.Item, dates);
        survey.Read(() => source.UnpackedBytes <= HeadBytes);
        survey.Form = survey._times.Decide(wholeFile: !source.IsHead);
        return survey;
    }

    /// <summary>Looks through a table from its beginning.</summary>
    /// <exception cref="InputException">The order of day and month can't be told.</exception>
    internal static ColumnSurvey Of(IRowTable table, (int[] Times, int User, int Item) columns, DateOrder dates)
    {
        var survey = new ColumnSurvey(table, columns.Times, columns.User, columns.Item, dates);
        survey.Read(() => table.Line < HeadRows);
        survey.Form = survey._times.Decide(wholeFile: true);
        return survey;
    }

    private void Read(Func<bool> isHead)
    {
        try
        {
            while ((isHead() || IsUndecided) && _table.Next())
            {
                if (_table.Problem is null)
                    Add();
            }
        }
        catch (InputException)
        {
            // The file breaks off. The reading itself reports that, after the rows before it.
        }
    }

    private bool IsUndecided => _times.IsUndecided || _users.IsUndecided || _items.IsUndecided;

    private void Add()
    {
        if (_timeColumns.Length == 1)
            _times.Add(_table.Text(_timeColumns[0]));
        else if (_timeColumns.Length > 1)
            _times.Add(string.Join(' ', _timeColumns.Select(_table.Text).OfType<string>()));
        _users.Add(_table.Text(_user));
        _items.Add(_table.Text(_item));
    }
}
