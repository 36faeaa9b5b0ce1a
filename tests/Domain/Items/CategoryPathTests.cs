using Recommendation.Domain.Items;

namespace Recommendation.Domain.Tests.Items;

public sealed class CategoryPathTests
{
    [Theory]
    [InlineData("Home", "home", true)]
    [InlineData("Home > Kitchen > Pans", "Kitchen", true)]
    [InlineData("Home>Kitchen", "Home > Kitchen", true)]
    [InlineData("Home > Kitchen > Pans", "home>kitchen", true)]
    [InlineData("Home > Kitchen", "Kitchen > Pans", false)]
    [InlineData("Home > Kitchen", "Kitchen > Home", false)]
    [InlineData("Home > Kitchen", "Kit", false)]
    [InlineData("Ages 3>", "Ages 3>", true)]
    [InlineData("Home", "Home > Kitchen", false)]
    public void A_category_is_asked_for_by_its_name_by_a_part_or_by_its_beginning(
        string category, string wanted, bool matches) => Assert.Equal(matches, CategoryPath.Matches(category, wanted));

    [Fact]
    public void Elements_without_a_path_are_one_path()
    {
        Assert.Empty(CategoryPath.Of([]));
        Assert.Equal([["Home", "Kitchen"]], CategoryPath.Of(["Home", "Kitchen"]));
        Assert.Equal(
            [["Home"], ["Sale", "Summer"], ["New", "Week"]], CategoryPath.Of(["Sale > Summer", "Home", "New>Week"]));
    }
}
