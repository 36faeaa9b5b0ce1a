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
    [InlineData("view")]
    [InlineData("add-to-cart")]
    public void A_profile_with_50_recents_of_10_byte_ids_is_at_most_3_KB(string type)
    {
        var interactions = Enumerable.Range(0, 80).Select(i => new Interaction
        {
            EventId = EventId.Parse($"e{i:D7}-of-a-producer"),
            UserId = Some.User("user-12345"),
            ItemId = Some.Item($"item-{i:D5}"),
            Type = InteractionType.Parse(type),
            OccurredAt = Some.Noon.AddMilliseconds(i),
            ArrivedAt = Some.Noon.AddSeconds(1),
            Position = new Position("shardId-000000000003", SequenceNumber.Parse($"4959033827149025660855969253836157109592157598913658{i:D4}")),
        }).ToList();
        var profile = UserProfile.New(Some.User("user-12345")).Absorb(interactions, ProfilePolicy.Default).Profile;
        Assert.Equal((50, 64, 10), (profile.Recent.Count, profile.EventIds.Count, profile.LastItemId!.Value.Value.Length));

        var size = ItemSize.Of(Item(profile, Some.Noon, Some.Noon.AddDays(30)));
        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, 3 * 1024);
    }

    [Fact]
    public void An_item_of_another_format_is_refused_with_a_sentence()
    {
        var item = Item(Some.Profile(), Some.Noon);
        item["format"]!["N"] = "2";
        var problem = Assert.Throws<StoredFormatException>(() => Read(item));
        Assert.Contains("is of format 2; this version reads format 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_of_the_reference_system_is_refused_with_a_sentence_that_names_the_way_over()
    {
        var item = Item(Some.Profile(), Some.Noon);
        item.Remove("format");
        Assert.Contains("recommend migrate", Assert.Throws<StoredFormatException>(() => Read(item)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("interactionCount")]
    public void A_damaged_item_names_what_is_wrong(string attribute)
    {
        var item = Item(Some.Profile(), Some.Noon);
        item[attribute] = JsonNode.Parse("""{"S":"many"}""");
        Assert.Contains($"'{attribute}' is not a whole number", Assert.Throws<StoredFormatException>(() => Read(item)).Message, StringComparison.Ordinal);
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
        var profile = UserProfile.New(Some.User()).Absorb([interaction], ProfilePolicy.Default).Profile;
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
            "The item 'u1' / 'profile' is damaged: 'recent' is not a list of maps.", Assert.Throws<StoredFormatException>(() => Read(item)).Message);
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
