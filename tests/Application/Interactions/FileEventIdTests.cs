using Recommendation.Application.Interactions;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Interactions;

/// <summary>Events of a file without ids are named so that the same file adds nothing, and another file does.</summary>
public sealed class FileEventIdTests : InWorld
{
    private static readonly byte[] s_line = "ann,i1,view"u8.ToArray();

    [Fact]
    public void The_same_place_of_the_same_file_has_the_same_id() =>
        Assert.Equal(FileEventId.Of("orders.csv", 3, 0, s_line), FileEventId.Of("orders.csv", 3, 0, s_line));

    [Theory]
    [InlineData("orders.csv.gz")]
    [InlineData("orders.csv.GZ")]
    public void Packing_a_file_changes_neither_ids_nor_places(string packed)
    {
        Assert.Equal(FileEventId.Of("orders.csv", 3, 0, s_line), FileEventId.Of(packed, 3, 0, s_line));
        Assert.Equal(FileEventId.PositionOf("orders.csv", 3, 0, s_line), FileEventId.PositionOf(packed, 3, 0, s_line));
    }

    [Fact]
    public void Another_name_line_place_or_content_is_another_event()
    {
        EventId[] ids =
        [
            FileEventId.Of("orders.csv", 3, 0, s_line),
            FileEventId.Of("others.csv", 3, 0, s_line),
            FileEventId.Of("orders.csv", 4, 0, s_line),
            FileEventId.Of("orders.csv", 3, 1, s_line),
            FileEventId.Of("orders.csv", 3, 0, "bob,i1,view"u8),
            FileEventId.Of("orders.csva", 3, 0, "nn,i1,view"u8),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("orders.csv")]
    [InlineData("a:b:c.csv")]
    [InlineData("tab\tand\nline.csv")]
    [InlineData("🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒.csv")]
    [InlineData("ありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとうありがとう.csv")]
    public void A_place_in_a_file_of_any_name_can_be_written_read_and_redriven(string name)
    {
        var position = FileEventId.PositionOf(name, long.MaxValue, int.MaxValue, s_line);

        Assert.Equal(position, Position.Parse(position.ToString()));
        Assert.Equal(position.ToRedriveEventId(), EventId.Parse(position.ToRedriveEventId().Value));
    }

    [Fact]
    public async Task A_line_that_was_rejected_plain_and_packed_is_redriven_once()
    {
        foreach (var name in new[] { "orders.csv", "orders.csv.gz" })
        {
            await World.SendAsync(new AppendInteractions([Some.Event(1, timestamp: "2026-03-01T13:00:00Z") with
            {
                Source = FileEventId.PositionOf(name, 1, 0, s_line),
            }]));
        }
        World.Time.Advance(TimeSpan.FromHours(2));

        var redriven = await World.SendAsync(new RedriveQuarantine());

        Assert.Equal(1, redriven.Appended);
        Assert.Single(await World.LoggedAsync());
    }
}
