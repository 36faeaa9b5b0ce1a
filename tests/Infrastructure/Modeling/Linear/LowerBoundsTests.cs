using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Linear;

public class LowerBoundsTests
{
    [Fact]
    public void They_are_where_a_plain_search_finds_them()
    {
        var random = new Random(6);
        for (var run = 0; run < 300; run++)
        {
            var row = Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(100)).Distinct().Order().ToArray();
            var sought = Enumerable.Range(0, random.Next(24)).Select(_ => random.Next(100)).ToArray();
            var found = new int[24];

            LowerBounds.Of(row, sought, found);

            Assert.Equal(sought.Select(value => row.Count(one => one < value)), found.Take(sought.Length));
        }
    }
}
