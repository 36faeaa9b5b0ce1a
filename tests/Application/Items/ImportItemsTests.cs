using Recommendation.Application.Items;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Tests.Items;

public sealed class ImportItemsTests : InWorld
{
    [Fact]
    public async Task Of_an_item_given_twice_the_last_counts()
    {
        var imported = await World.SendAsync(
            new ImportItems([
                new CatalogItem(Some.Item("a"), "First", []),
                new CatalogItem(Some.Item("b"), "Other", []),
                new CatalogItem(Some.Item("a"), "Last", []),
            ])
        );

        var found = await World.Catalog.FindAsync([Some.Item("a"), Some.Item("b")], CancellationToken.None);
        Assert.Equal(2, imported.Count);
        Assert.Equal(["Last", "Other"], found.Values.Select(item => item.Title!).Order(StringComparer.Ordinal));
    }
}
