using System.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.Tests;

/// <summary>
/// Lists as items: small, since each is written every night, and read in every format that was ever written.
/// </summary>
public sealed class RecommendationItemTests
{
    [Fact]
    public void A_list_of_a_hundred_items_takes_two_write_units()
    {
        var list = Some.RecommendationsFor("u1") with
        {
            Items = RankedItems.From(
                Enumerable
                    .Range(0, 100)
                    .Select(i => new RankedItem(
                        Some.Item($"{84000 + i}A"),
                        Score.Of(0.912345 - (i * 0.001)),
                        [Some.Item($"{85000 + (i % 20)}B"), Some.Item($"{85000 + (i % 17)}B")]
                    )),
                100
            ),
        };
        Assert.InRange(ItemSize.Of(WrittenItem.Of(RecommendationItem.Of(list).Write)), 1, 2048);
        Assert.Equal(list, Read(WrittenItem.Of(RecommendationItem.Of(list).Write).ToJsonString()));
    }

    [Fact]
    public void Two_reasons_of_an_item_are_kept()
    {
        var list = Some.RecommendationsFor("u1") with
        {
            Items = RankedItems.From(
                [new RankedItem(Some.Item("a"), Score.Of(1), [Some.Item("r1"), Some.Item("r2"), Some.Item("r3")])],
                10
            ),
        };
        Assert.Equal(
            [Some.Item("r1"), Some.Item("r2")],
            Read(WrittenItem.Of(RecommendationItem.Of(list).Write).ToJsonString()).Items[0].Because
        );
    }

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(3.40282e38, 1e-45)]
    [InlineData(1e300, -1e-300)]
    [InlineData(0.1234567, 0)]
    public void Every_score_is_read_as_it_was_written(double one, double other)
    {
        var items = RankedItems.From(new[] { one, other }.Order().Reverse().Select((score, i) =>
            new RankedItem(Some.Item($"i{i}"), Score.Of(score)) { Source = i == 1 ? ListSource.Popular : null }), 10);
        var list = Some.RecommendationsFor("u1") with { Items = items };
        Assert.Equal(items, Read(WrittenItem.Of(RecommendationItem.Of(list).Write).ToJsonString()).Items);
    }

    [Fact]
    public void A_list_of_the_first_format_is_read()
    {
        var read = Read("""
            {"userId":{"S":"u1"},"kind":{"S":"recommendations"},"format":{"N":"1"},
             "recommendations":{"L":[{"M":{"i":{"S":"a"},"s":{"N":"0.5"},"b":{"L":[{"S":"x"},{"S":"y"},{"S":"z"}]}}},{"M":{"i":{"S":"b"},"s":{"N":"0.25"},"o":{"S":"popular"}}}]},
             "lastUpdated":{"S":"2026-03-14T12:00:00.000Z"},"source":{"S":"batch"},"profileVersion":{"N":"3"}}
            """);
        Assert.Equal(
            [
                new RankedItem(Some.Item("a"), Score.Of(0.5), [Some.Item("x"), Some.Item("y"), Some.Item("z")]),
                new RankedItem(Some.Item("b"), Score.Of(0.25)) { Source = ListSource.Popular },
            ], read.Items);
    }

    [Theory]
    [InlineData("AQ==")]
    [InlineData("")]
    [InlineData("A///")]
    [InlineData("AQAAAD8B/w==")]
    public void Details_that_are_not_of_the_items_are_named_as_damaged(string details)
    {
        var problem = Assert.Throws<StoredFormatException>(() =>
            Read(
                $$$"""
                {"userId":{"S":"u1"},"kind":{"S":"recommendations"},"format":{"N":"2"},"recommendations":{"L":[{"S":"a"}]},"details":{"B":"{{{details}}}"},
                 "lastUpdated":{"S":"2026-03-14T12:00:00.000Z"},"source":{"S":"batch"},"profileVersion":{"N":"3"}}
                """
            )
        );
        Assert.Equal(
            "The item 'u1' / 'recommendations' is damaged: 'details' is not of that many items.",
            problem.Message
        );
    }

    private static RecommendationList Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        var item = new ItemReader(reader);
        return RecommendationItem.Read(ref item);
    }
}
