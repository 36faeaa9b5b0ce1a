using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("user 42")]
    [InlineData("用户-1")]
    [InlineData("a/b#c:d\"e\\f")]
    [InlineData("👩‍🚀")]
    public void An_id_is_any_text_of_people_or_machines(string id)
    {
        Assert.Equal(id, UserId.Parse(id).Value);
        Assert.Equal(id, ItemId.Parse(id).ToString());
        Assert.Equal(id, EventId.Parse(id).Value);
    }

    [Fact]
    public void White_space_around_an_id_is_no_part_of_it()
    {
        Assert.Equal(UserId.Parse("ann"), UserId.Parse(" \tann\r\n"));
        Assert.Equal("a b", ItemId.Parse("\u00a0a b\u3000").Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void An_id_is_not_empty(string? text) => Refused(text, "is missing or empty");

    [Theory]
    [InlineData("a", 256)]
    [InlineData("é", 128)]
    [InlineData("用", 85)]
    [InlineData("😀", 64)]
    public void An_id_has_at_most_256_bytes_of_utf8_after_trimming(string character, int fitting)
    {
        var longest = string.Concat(Enumerable.Repeat(character, fitting));

        Assert.Equal(longest, UserId.Parse($"   {longest}   ").Value);
        Refused(longest + character, "at most 256 are allowed");
    }

    [Fact]
    public void The_limit_holds_to_the_byte_where_characters_differ_in_size()
    {
        var bytes255 = string.Concat(Enumerable.Repeat("用", 85));

        Assert.Equal(bytes255 + "a", UserId.Parse(bytes255 + "a").Value);
        Refused(bytes255 + "é", "has 257 bytes");
    }

    [Theory]
    [InlineData("a\u0000b", "U+0000")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("\u001b[31m", "U+001B")]
    [InlineData("ab\u007f", "U+007F")]
    [InlineData("a\u0085b", "U+0085")]
    public void An_id_has_no_control_characters(string text, string named) => Refused(text, named);

    [Theory]
    [InlineData('\ud83d', "")]
    [InlineData('\ude00', "")]
    [InlineData('\ud83d', "x")]
    [InlineData('\ud83d', "\ud83d\ude00")]
    public void An_id_has_no_lone_surrogates(char lone, string after) =>
        Refused($"a{lone}{after}", "is not valid Unicode");

    [Fact]
    public void Ids_differ_by_case_and_sort_by_code_and_not_by_culture()
    {
        Assert.NotEqual(UserId.Parse("Ann"), UserId.Parse("ann"));
        Assert.True(UserId.Parse("Z").CompareTo(UserId.Parse("a")) < 0);
        Assert.True(ItemId.Parse("i10").CompareTo(ItemId.Parse("i2")) < 0);
        Assert.True(EventId.Parse("a").CompareTo(EventId.Parse("ä")) < 0);
    }

    private static void Refused(string? text, string because)
    {
        Assert.Contains(
            because,
            Assert.Throws<ArgumentException>(() => UserId.Parse(text)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            because,
            Assert.Throws<ArgumentException>(() => ItemId.Parse(text)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            because,
            Assert.Throws<ArgumentException>(() => EventId.Parse(text)).Message,
            StringComparison.Ordinal
        );
    }
}
