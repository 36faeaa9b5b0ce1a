using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Linear;

public class ColumnFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(500)]
    public void Every_sought_column_passes_and_few_others(int entries)
    {
        var random = new Random(entries);
        int[] row = [.. Enumerable.Range(0, 40_000).OrderBy(_ => random.Next()).Take(entries).Order()];
        int[] sought = [.. row.Where((_, place) => place % 50 == 3), 1, 39_999];
        var filter = new ColumnFilter();
        filter.Add(7);
        filter.Clear();
        foreach (var column in sought)
            filter.Add(column);

        var places = new int[row.Length + 16];
        var passing = places[..filter.Passing(row, places)];

        Assert.Equal(passing.Order().Distinct(), passing);
        Assert.Empty(Enumerable.Range(0, entries).Where(place => sought.Contains(row[place])).Except(passing));
        Assert.True(passing.Length <= sought.Length + 2 + (entries / 10), $"{passing.Length} of {entries} pass.");
    }

    [Fact]
    public void Too_little_room_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ColumnFilter().Passing([1, 2, 3], new int[18]));
}
