using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Xunit.Abstractions;

namespace Recommendation.Aws.Tests;

public sealed class ProfileItemTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("view", 0, 3 * 1024)]
    [InlineData("add-to-cart", 0, 3 * 1024)]
    [InlineData("view", 64, 4 * 1024)]
    [InlineData("add-to-cart", 64, 4 * 1024)]
    public void A_profile_with_50_recents_of_10_byte_ids_is_at_most_3_KB_and_4_KB_with_what_is_pending(
        string type,
        int pending,
        int limit
    )
    {
        var interactions = Enumerable
            .Range(0, 50 + pending)
            .Select(i => new Interaction
            {
                EventId = EventId.Parse($"e{i:D7}-of-a-producer"),
                UserId = Some.User("user-12345"),
                ItemId = Some.Item($"item-{i:D5}"),
                Type = InteractionType.Parse(type),
                OccurredAt = Some.Noon.AddMinutes(i * 20),
                ArrivedAt = Some.Noon.AddMinutes(i * 20).AddSeconds(1),
                Position = new Position(
                    "shardId-000000000003",
                    SequenceNumber.Parse($"4959033827149025660855969253836157109592157598913658{i:D4}")
                ),
            })
            .ToList();
        var profile = UserProfile.New(Some.User("user-12345")).Apply(interactions, ProfilePolicy.Default).Profile with
        {
            HistoryKey = pending == 0 ? null : HistoryKey.New(12_345, 0xfedcba9876543210),
        };
        Assert.Equal(
            (50, pending, Math.Min(64, 50 + pending), 10),
            (
                profile.Recent.Count,
                profile.Pending.Count,
                profile.EventIds.Count,
                profile.LastItemId!.Value.Value.Length
            )
        );

        var size = ItemSize.Of(Item(profile, Some.Noon, Some.Noon.AddDays(30)));
        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, limit);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void An_item_of_format_1_is_read_and_misses_history_where_it_counted_more_than_it_kept(
        int count,
        bool misses
    )
    {
        var item = Item(Some.Profile(), Some.Noon);
        item["format"]!["N"] = "1";
        item["interactionCount"]!["N"] = $"{count}";
        Same.Profile(Some.Profile() with { InteractionCount = count, MissesHistory = misses, Version = 1 }, Read(item));
    }

    [Theory]
    [InlineData("pending", """{"B":"AgI="}""", "'pending' is not a row of packed interactions of format 1")]
    [InlineData("history", """{"S":"newest"}""", "'history' is not a key of a history")]
    public void Damage_of_what_is_remembered_is_named(string attribute, string value, string problem)
    {
        var item = Item(Some.FullProfile(), Some.Noon);
        item[attribute] = JsonNode.Parse(value);
        Assert.Contains(
            problem,
            Assert.Throws<StoredFormatException>(() => Read(item)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_history_of_500_items_is_an_item_of_at_most_20_KB()
    {
        var name = new HistoryName(Some.User("user-12345"), HistoryKey.New(12_345, 1));
        var piece = HistoryPiece.Of(new(name, Some.History(500)))[0];
        var size = ItemSize.Of(WrittenItem.Of(writer => HistoryItem.Write(writer, piece)));
        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, 20 * 1024);
    }

    [Fact]
    public void An_item_of_another_format_is_refused_with_a_sentence()
    {
        var item = Item(Some.Profile(), Some.Noon);
        item["format"]!["N"] = "4";
        var problem = Assert.Throws<StoredFormatException>(() => Read(item));
        Assert.Contains(
            "is of format 4; this version reads formats up to 3",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_item_of_the_reference_system_is_refused_with_a_sentence_that_names_the_way_over()
    {
        var item = Item(Some.Profile(), Some.Noon);
        item.Remove("format");
        Assert.Contains(
            "recommend migrate",
            Assert.Throws<StoredFormatException>(() => Read(item)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("version")]
    [InlineData("interactionCount")]
    public void A_damaged_item_names_what_is_wrong(string attribute)
    {
        var item = Item(Some.Profile(), Some.Noon);
        item[attribute] = JsonNode.Parse("""{"S":"many"}""");
        Assert.Contains(
            $"'{attribute}' is not a whole number",
            Assert.Throws<StoredFormatException>(() => Read(item)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_item_has_the_attributes_of_the_reference()
    {
        var item = Item(Some.Profile(), Some.Noon.AddMinutes(5));
        Assert.Equal("u1", item["userId"]!["S"]!.GetValue<string>());
        Assert.Equal("profile", item["kind"]!["S"]!.GetValue<string>());
        Assert.Equal("2026-03-14T12:00:00.000Z", item["lastInteraction"]!["S"]!.GetValue<string>());
        Assert.Equal("1", item["interactionCount"]!["N"]!.GetValue<string>());
        Assert.Equal("i1", item["lastItemId"]!["S"]!.GetValue<string>());
        Assert.Equal("2026-03-14T12:05:00.000Z", item["lastUpdated"]!["S"]!.GetValue<string>());
        Assert.Matches("^2026-03-14#(0[0-9]|1[0-5])$", item["activeBucket"]!["S"]!.GetValue<string>());
        Assert.False(item.ContainsKey("expiresAt"));
    }

    [Fact]
    public void A_type_that_is_spelt_like_a_code_is_not_taken_for_it()
    {
        var interaction = Some.Interaction() with { Type = InteractionType.Parse("a"), Position = Some.Position(1) };
        var profile = UserProfile.New(Some.User()).Apply([interaction], ProfilePolicy.Default).Profile;
        Assert.Equal("a", Read(Item(profile, Some.Noon)).Recent[0].Type.Value);
    }

    [Fact]
    public void What_a_later_version_added_is_skipped_wherever_it_is()
    {
        var item = Item(Some.FullProfile(), Some.Noon);
        item["added"] = JsonNode.Parse("""{"L":[{"M":{"x":{"N":"1"}}},{"S":"y"}]}""");
        item["recent"]!["L"]![0]!["M"]!["z"] = JsonNode.Parse("""{"BOOL":true}""");
        Same.Profile(Some.FullProfile() with { Version = 1 }, Read(item));
    }

    [Fact]
    public void A_list_that_holds_no_maps_is_damaged()
    {
        var item = Item(Some.Profile(), Some.Noon);
        item["recent"] = JsonNode.Parse("""{"L":[{"S":"i1"}]}""");
        Assert.Equal(
            "The item 'u1' / 'profile' is damaged: 'recent' is not a list of maps.",
            Assert.Throws<StoredFormatException>(() => Read(item)).Message
        );
    }

    private static JsonObject Item(UserProfile profile, DateTimeOffset now, DateTimeOffset? expiresAt = null) =>
        WrittenItem.Of(writer => ProfileItem.Write(writer, profile, now, expiresAt));

    private static UserProfile Read(JsonObject item)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(item.ToJsonString()));
        json.Read();
        var reader = new ItemReader(json);
        return ProfileItem.Read(ref reader);
    }
}
