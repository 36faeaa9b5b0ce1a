using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IDerivedFeedback"/> must do.</summary>
public abstract class DerivedFeedbackContract : Contract<IDerivedFeedback>
{
    private static readonly DateOnly s_day = new(2026, 3, 14);

    private static readonly FeedbackKey s_revenue = new(
        s_day, 7, ServedSource.Batch, FeedbackKind.Conversion, InteractionType.Purchase, CurrencyCode.Of("EUR"));

    private static readonly FeedbackKey s_list = new(
        s_day, uint.MaxValue, ServedSource.Popular, FeedbackKind.List, default, null);

    [Fact]
    public async Task An_output_is_read_back_as_it_was_saved()
    {
        Assert.Null(await Port.FindAsync(0, None));
        Assert.Empty(await Port.ListAsync(None));
        foreach (var part in new[] { 255, 0, 16 })
            Assert.True(await Port.SaveAsync(Given(part), known: null, leavesNoTrace: false, None));
        Assert.Equal([0, 16, 255], await Port.ListAsync(None));
        AssertSame(Given(16), (await Port.FindAsync(16, None))!.Part);
    }

    [Fact]
    public async Task Ids_of_any_form_are_kept()
    {
        var odd = Given(1) with
        {
            Input = null,
            Users = Some.OddIds.ToDictionary(id => (Some.User(id), s_list), _ => new FeedbackSum(1, 0)),
            Items = Some.OddIds.ToDictionary(id => (Some.Item(id), s_revenue), _ => new FeedbackSum(1, long.MaxValue)),
        };
        Assert.True(await Port.SaveAsync(odd, known: null, leavesNoTrace: true, None));
        AssertSame(odd, (await Port.FindAsync(1, None))!.Part);
    }

    [Fact]
    public async Task Of_two_that_replace_one_state_the_first_counts()
    {
        Assert.True(await Port.SaveAsync(Given(3), known: null, leavesNoTrace: false, None));
        var known = await Port.FindAsync(3, None);
        Assert.True(await Port.SaveAsync(Given(3) with { Settings = "first" }, known, leavesNoTrace: true, None));
        Assert.False(await Port.SaveAsync(Given(3) with { Settings = "second" }, known, leavesNoTrace: true, None));
        Assert.False(await Port.SaveAsync(Given(3) with { Settings = "new" }, known: null, leavesNoTrace: false, None));
        Assert.Equal("first", (await Port.FindAsync(3, None))!.Part.Settings);
    }

    [Fact]
    public async Task The_progress_is_read_back()
    {
        var none = await Port.ProgressAsync(None);
        Assert.Null(none.CountedThrough);
        Assert.Empty(none.Parts);
        var progress = new DerivedProgress(
            Some.Noon, new Dictionary<int, DerivedPartProgress> { [200] = new("settings", "digest", Some.Noon) });
        await Port.SaveProgressAsync(progress, None);
        var read = await Port.ProgressAsync(None);
        Assert.Equal(progress.CountedThrough, read.CountedThrough);
        Assert.Equal(progress.Parts, read.Parts);
    }

    private static FeedbackPart Given(int part) =>
        new(
            part,
            "settings",
            new LogInputRange(s_day, s_day.AddDays(2), 3, 1L << 40, "digest"),
            new Dictionary<(UserId, FeedbackKey), FeedbackSum>
            {
                [(Some.User("a"), s_list)] = new(2, 0),
                [(Some.User("a"), s_revenue)] = new(1, 12_340_000),
                [(Some.User("b"), s_revenue)] = new(1, -5),
            },
            new Dictionary<(ItemId, FeedbackKey), FeedbackSum> { [(Some.Item("i"), s_revenue)] = new(2, 7) },
            new Dictionary<(ItemId?, FeedbackKey), FeedbackSum>
            {
                [(null, s_list)] = new(1, 0),
                [(Some.Item("i"), s_revenue)] = new(3, 9),
            },
            ["0011223344556677"]);

    private static void AssertSame(FeedbackPart expected, FeedbackPart actual)
    {
        Assert.Equal((expected.Part, expected.Settings, expected.Input), (actual.Part, actual.Settings, actual.Input));
        Assert.Equal(expected.Users, actual.Users);
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.Erased, actual.Erased);
        Assert.Equal(expected.Erasures, actual.Erasures);
    }
}
