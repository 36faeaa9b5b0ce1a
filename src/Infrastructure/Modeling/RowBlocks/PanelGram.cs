using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// What some users add to the rows of a panel: <c>Xᵀ D X</c>, where D has a factor of each user. Only the users with
/// items of the panel cost anything. Users come in ascending order, so that rounding is the same every time.
/// </summary>
internal sealed class PanelGram
{
    private readonly SparseMatrix _users;
    private readonly ColumnEntries _entries;
    private readonly float[] _factors;

    /// <param name="users">The histories.</param>
    /// <param name="panel">The items of the panel.</param>
    /// <param name="perUser">The factor of a user, by the summed weight of the history.</param>
    public PanelGram(SparseMatrix users, ColumnPlaces panel, Func<double, float> perUser)
    {
        _users = users;
        _entries = ColumnEntries.Of(users.Offsets, users.Indices, panel);
        _factors = new float[users.Rows];
        foreach (var user in _entries.Rows)
        {
            if (_factors[user] == 0)
                _factors[user] = perUser(SumOf(user));
        }
    }

    /// <param name="place">The number of the row in the panel.</param>
    /// <param name="sums">What the row is added to.</param>
    /// <param name="factor">What the row is multiplied with.</param>
    public void AddRow(int place, Accumulator sums, float factor)
    {
        for (var at = _entries.Offsets[place]; at < _entries.Offsets[place + 1]; at++)
        {
            var user = _entries.Rows[at];
            var weight = _users.Values[_entries.Entries[at]] * _factors[user] * factor;
            sums.Add(_users.IndicesOf(user), _users.ValuesOf(user), weight);
        }
    }

    private double SumOf(int user)
    {
        var sum = 0d;
        foreach (var value in _users.ValuesOf(user))
            sum += value;
        return sum;
    }
}
