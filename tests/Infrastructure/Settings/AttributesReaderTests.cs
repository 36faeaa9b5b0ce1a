using Recommendation.Application;
using Recommendation.Domain.Items;

namespace Recommendation.Settings.Tests;

public sealed class AttributesReaderTests
{
    [Fact]
    public void Attributes_are_declared_by_their_type_and_a_vector_with_its_length()
    {
        const string Json = """
            { "catalogue": { "attributes": {
                "colour": "text", "releasedOn": { "type": "time" }, "embedding": { "type": "vector", "length": 384 } } } }
            """;
        var settings = SettingsReaderTests
            .Read(Json, ("RECOMMENDATION__CATALOGUE__ATTRIBUTES__size", "number"))
            .Require();
        var options = new RecommendationOptions();
        settings.ApplyTo(options);
        var expected = new Dictionary<string, AttributeShape>(StringComparer.Ordinal)
        {
            ["colour"] = new(AttributeType.Text),
            ["releasedOn"] = new(AttributeType.Time),
            ["embedding"] = new(AttributeType.Vector, 384),
            ["size"] = new(AttributeType.Number),
        };
        Assert.Equal(expected, options.Attributes);
        Assert.Contains(
            new SettingValue("catalogue.attributes.embedding", "vector 384", SettingSource.File), settings.Values);
    }

    [Theory]
    [InlineData("""{ "colour": "colour" }""", "give one of text, number")]
    [InlineData("""{ "two words": "text" }""", "is no name of an attribute")]
    [InlineData("""{ "title": "text" }""", "is no name of an attribute")]
    [InlineData("""{ "v": { "length": 3 } }""", "has no type")]
    [InlineData("""{ "v": { "type": "vector", "length": 5000 } }""", "1–4096")]
    [InlineData("""{ "v": { "type": "text", "length": 3 } }""", "a vector alone has a length")]
    [InlineData("""{ "v": { "type": "vector", "size": 3 } }""", "There is no setting")]
    [InlineData("true", "an object with a member for each attribute")]
    public void What_is_wrong_with_an_attribute_is_named(string attributes, string problem)
    {
        var read = SettingsReaderTests.Read($$"""{ "catalogue": { "attributes": {{attributes}} } }""");
        Assert.Contains(problem, Assert.Single(read.Problems), StringComparison.Ordinal);
    }
}
