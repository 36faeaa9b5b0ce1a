using Recommendation.Application.Erasures;

namespace Recommendation.Architecture.Tests.Documents;

/// <summary>docs/personal-data.md says what the table in code says.</summary>
public sealed class PersonalDataPageTests
{
    private const string Begin = "<!-- begin places -->\n";
    private const string End = "\n<!-- end places -->";

    [Fact]
    public void The_page_shows_the_table_of_the_code()
    {
        var page = File.ReadAllText(Path.Combine(Product.Root, "docs", "personal-data.md"));
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.Equal(Table(), page[start..page.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void Each_place_has_a_name_of_its_own_and_says_everything() => Assert.All(
        PersonalDataPlaces.All,
        place =>
        {
            Assert.Single(PersonalDataPlaces.All, other => other.Key == place.Key);
            Assert.NotEqual(DataPlatform.None, place.Platform);
            Assert.All(new[] { place.Where, place.Holds, place.Rule }, text =>
                Assert.False(string.IsNullOrWhiteSpace(text)));
        });

    private static string Table() => string.Join('\n',
    [
        "| Place | Platform | Where | Holds | End | How |", "|---|---|---|---|---|---|",
        .. PersonalDataPlaces.All.Select(place =>
            $"| `{place.Key}` | {TextOf(place.Platform)} | {place.Where} | {place.Holds} | {TextOf(place.End)} | "
                + $"{place.Rule} |"),
    ]);

    private static string TextOf(DataPlatform platform) => platform switch
    {
        DataPlatform.OneMachine => "one machine",
        DataPlatform.Aws => "AWS",
        _ => "both",
    };

    private static string TextOf(DataEnd end) => end switch
    {
        DataEnd.Erased => "erased",
        DataEnd.Expires => "expires",
        DataEnd.ByOperator => "by you",
        _ => "kept",
    };
}
