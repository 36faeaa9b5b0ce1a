using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class InteractionTypeTests
{
    [Theory]
    [InlineData("view", "view")]
    [InlineData("  Add-To-Cart ", "add-to-cart")]
    [InlineData("PURCHASE", "purchase")]
    [InlineData("x", "x")]
    [InlineData("watch_90-percent", "watch_90-percent")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklmnopqrstuvwxyz012345")]
    public void Types_are_trimmed_and_folded(string text, string expected) =>
        Assert.Equal(expected, InteractionType.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1view")]
    [InlineData("-view")]
    [InlineData("_view")]
    [InlineData("add to cart")]
    [InlineData("view.now")]
    [InlineData("vïew")]
    [InlineData("\u212Aiss")] // the Kelvin sign folds to k, but is no ASCII letter
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public void Other_text_is_no_type(string? text)
    {
        Assert.Null(InteractionType.TryParse(text));
        Assert.Throws<ArgumentException>(() => InteractionType.Parse(text));
    }

    [Fact]
    public void A_known_type_is_equal_however_it_was_written() =>
        Assert.Equal(InteractionType.View, InteractionType.Parse("VIEW"));

    [Fact]
    public void Types_sort_by_code() => Assert.True(InteractionType.AddToCart.CompareTo(InteractionType.View) < 0);
}
