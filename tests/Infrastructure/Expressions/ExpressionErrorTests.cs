using static Recommendation.Expressions.Tests.Conditions;

namespace Recommendation.Expressions.Tests;

public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("item.prise < 1.0", 6, "items have no attribute 'prise'")]
    [InlineData("user.name == 'a'", 6, "users have no attribute 'name'")]
    [InlineData("item.price < 'a'", 14, "expected a number, but this is a text")]
    [InlineData("item.price", 6, "expected true or false, but this is a number")]
    [InlineData("item.price + 1 > 2.0", 12, "write 1.0 or double")]
    [InlineData("item", 1, "name a field of it")]
    [InlineData("price < 1.0", 1, "there is no 'price'; expected item, user, context or now")]
    [InlineData("item.title.upper() == 'A'", 12, "there is no function 'upper'")]
    [InlineData("item.title in item.price", 20, "expected a list after 'in'")]
    [InlineData("1 in item.tags", 1, "expected a text, but this is a whole number")]
    [InlineData("duration('a week') < duration('1h')", 10, "'a week' is no duration")]
    [InlineData("now < timestamp('tomorrow')", 17, "'tomorrow' is no time")]
    [InlineData("item.title.matches('(')", 20, "is no pattern")]
    [InlineData("item.title.matches(item.title)", 25, "the pattern must be a text in quotes")]
    [InlineData("item.tags.exists(t)", 11, "takes a name and a condition")]
    [InlineData("has(1)", 1, "has(…) takes a field")]
    [InlineData("item.price <", 13, "unexpected end of input")]
    [InlineData("item.price < 1.0 2", 18, "unexpected")]
    [InlineData("'abc", 1, "no part of an expression")]
    [InlineData("item.title == 'a\\q'", 17, "begins no escape")]
    [InlineData("1 < 99999999999999999999", 5, "64 bits")]
    [InlineData("", 1, "unexpected end of input")]
    [InlineData("item.tags < item.tags", 6, "has no order")]
    public void Errors_name_the_column_and_what_was_expected(string text, int column, string message)
    {
        var problem = Refused(text);

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Column {column}: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(column, problem.Column);
    }

    [Theory]
    [InlineData("(", ")", 40)]
    [InlineData("[", "]", 40)]
    [InlineData("!", "", 40)]
    [InlineData("true ? true : ", "", 40)]
    public void An_expression_may_not_be_nested_deep(string before, string after, int times)
    {
        var text =
            string.Concat(Enumerable.Repeat(before, times)) + "true" + string.Concat(Enumerable.Repeat(after, times));
        Assert.Contains("nested deeper than 32", Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_may_not_be_long()
    {
        Assert.Contains("at most 4096", Refused(new string(' ', 5_000)).Message, StringComparison.Ordinal);
        var words = string.Join("||", Enumerable.Repeat("true", 600));
        Assert.Contains("at most 1000", Refused(words).Message, StringComparison.Ordinal);
    }
}
