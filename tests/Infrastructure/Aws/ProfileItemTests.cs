using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
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

        var size = SizeOf(ProfileItem.From(profile, Some.Noon, Some.Noon.AddDays(30)));
        output.WriteLine($"{size} bytes");
        Assert.InRange(size, 1, 3 * 1024);
    }

    [Fact]
    public void An_item_of_another_format_is_refused_with_a_sentence()
    {
        var item = ProfileItem.From(Some.Profile(), Some.Noon, null);
        item["format"] = Attributes.Number(2);
        var problem = Assert.Throws<StoredFormatException>(() => ProfileItem.ToProfile(item));
        Assert.Contains("is of format 2; this version reads format 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_of_the_reference_system_is_refused_with_a_sentence_that_names_the_way_over()
    {
        var item = ProfileItem.From(Some.Profile(), Some.Noon, null);
        item.Remove("format");
        Assert.Contains("recommend migrate", Assert.Throws<StoredFormatException>(() => ProfileItem.ToProfile(item)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("interactionCount")]
    public void A_damaged_item_names_what_is_wrong(string attribute)
    {
        var item = ProfileItem.From(Some.Profile(), Some.Noon, null);
        item[attribute] = new AttributeValue("many");
        Assert.Contains($"'{attribute}' is not a whole number", Assert.Throws<StoredFormatException>(() => ProfileItem.ToProfile(item)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_item_has_the_attributes_of_the_reference()
    {
        var item = ProfileItem.From(Some.Profile(), Some.Noon.AddMinutes(5), null);
        Assert.Equal("u1", item["userId"].S);
        Assert.Equal("profile", item["kind"].S);
        Assert.Equal("2026-03-14T12:00:00.000Z", item["lastInteraction"].S);
        Assert.Equal("1", item["interactionCount"].N);
        Assert.Equal("i1", item["lastItemId"].S);
        Assert.Equal("2026-03-14T12:05:00.000Z", item["lastUpdated"].S);
        Assert.Matches("^2026-03-14#(0[0-9]|1[0-5])$", item["activeBucket"].S);
        Assert.False(item.ContainsKey("expiresAt"));
    }

    [Fact]
    public void A_type_that_is_spelt_like_a_code_is_not_taken_for_it()
    {
        var interaction = Some.Interaction() with { Type = InteractionType.Parse("a"), Position = Some.Position(1) };
        var profile = UserProfile.New(Some.User()).Absorb([interaction], ProfilePolicy.Default).Profile;
        Assert.Equal("a", ProfileItem.ToProfile(ProfileItem.From(profile, Some.Noon, null)).Recent[0].Type.Value);
    }

    /// <summary>As DynamoDB counts: names and texts in UTF-8, half a byte a digit and one, 3 bytes a list or map and 1 an element.</summary>
    private static int SizeOf(Dictionary<string, AttributeValue> entries) =>
        entries.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + SizeOf(entry.Value));

    private static int SizeOf(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => ((number.Count(char.IsAsciiDigit) + 1) / 2) + 2,
        { B: { } bytes } => (int)bytes.Length,
        { M: { } map } => 3 + map.Count + SizeOf(map),
        { L: { } list } => 3 + list.Sum(element => 1 + SizeOf(element)),
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{value} is of no known type.")),
    };
}
