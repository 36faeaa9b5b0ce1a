using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Tests.Data;

public class ValidationSplitTests
{
    private static readonly UserItemMatrix s_histories = From(Some.TwoTastes(users: 200, items: 60, perUser: 12));
    private static readonly UserItemMatrix s_few = From(Some.TwoTastes(users: 80, items: 40, perUser: 12));
    private static readonly UserItemMatrix s_timeless =
        From(Some.TwoTastes(users: 100, items: 40, perUser: 12).Select(one => one with { OccurredAt = Some.Noon }));

    [Theory]
    [InlineData(60, false)]
    [InlineData(20, true)]
    public void What_is_held_out_and_what_remains_make_up_the_history(int sample, bool timeless)
    {
        var histories = timeless ? s_timeless : s_few;
        var split = Split(histories, sample);

        Assert.Equal(sample, split.Users.Length);
        for (var user = 0; user < histories.Matrix.Rows; user++)
        {
            var place = Array.IndexOf(split.Users, user);
            var heldOut = place < 0 ? [] : split.HeldOut[place];
            var remaining = split.Remaining.Matrix.IndicesOf(user).ToArray();
            Assert.Equal(histories.Matrix.IndicesOf(user).ToArray().Order(), heldOut.Concat(remaining).Order());
            Assert.Equal(place >= 0, heldOut.Length > 0);
        }
    }

    [Fact]
    public void Of_each_user_the_newest_items_are_held_out_where_there_are_few()
    {
        var split = Split(s_few, 100);

        Assert.True(split.HasTimes);
        foreach (var (place, user) in split.Users.Index())
        {
            var newest = s_few.Matrix.IndicesOf(user)[..split.HeldOut[place].Length].ToArray();
            Assert.Equal(newest.Order(), split.HeldOut[place]);
        }
    }

    [Fact]
    public void The_newest_fifth_of_everything_is_held_out_where_there_are_many_users()
    {
        var split = Split(s_histories, 120);

        var cut = split.Remaining.Events.NewestMilliseconds;
        Assert.Equal(120, split.Users.Length);
        Assert.InRange(
            split.Remaining.Events.Events.Length,
            0.78 * s_histories.Events.Events.Length,
            0.82 * s_histories.Events.Events.Length
        );
        foreach (var (place, user) in split.Users.Index())
        {
            var known = split.Remaining.Matrix.IndicesOf(user).ToArray();
            var after = s_histories
                .Events.Of(user)
                .ToArray()
                .Where(one => one.Milliseconds > cut)
                .Select(one => one.Item)
                .Distinct();
            Assert.Equal(after.Except(known).Order(), split.HeldOut[place]);
            Assert.NotEmpty(known);
        }
    }

    [Fact]
    public void Any_items_are_held_out_where_there_are_no_times_and_the_same_ones_each_time()
    {
        var split = Split(s_timeless, 100);

        Assert.False(split.HasTimes);
        Assert.Contains(
            split.Users.Index(),
            user =>
                !s_timeless
                    .Matrix.IndicesOf(user.Item)[..split.HeldOut[user.Index].Length]
                    .ToArray()
                    .Order()
                    .SequenceEqual(split.HeldOut[user.Index])
        );
        Assert.Equal(split.HeldOut, Split(s_timeless, 100).HeldOut);
    }

    [Fact]
    public void A_handful_of_users_is_not_worth_a_search()
    {
        Assert.False(Split(s_few, 29).IsWorthwhile);
        Assert.True(Split(s_few, 30).IsWorthwhile);
    }

    [Fact]
    public void Where_repeats_are_wanted_the_newest_events_are_held_out_and_can_be_of_known_items()
    {
        var events = Enumerable.Range(0, 40).SelectMany(user => Enumerable.Range(0, 10)
            .Select(step => Some.Interaction($"u{user}", $"i{step % 4}", "view", Some.Noon.AddMinutes(step))));
        var split = ValidationSplit.Of(From(events), 40, allowRepeats: true, CancellationToken.None);

        Assert.Equal(40, split.Users.Length);
        Assert.All(split.HeldOut, items => Assert.Equal([0, 1], items)); // steps 8 and 9
        Assert.All(split.Users, user => Assert.Equal([3, 2, 1, 0], split.Remaining.Matrix.IndicesOf(user).ToArray()));
        Assert.Empty(split.OfNewItems().Users);
    }

    [Fact]
    public void Of_baskets_the_newest_is_held_out_whole_and_who_came_once_says_nothing_of_repeats()
    {
        var baskets = Enumerable
            .Range(0, 60)
            .SelectMany(user =>
                Enumerable
                    .Range(0, user % 2 == 0 ? 2 : 1)
                    .SelectMany(basket =>
                        Enumerable
                            .Range(0, 10)
                            .Select(item =>
                                Some.Interaction(
                                    $"u{user:00}",
                                    $"i{(5 * basket) + item:00}",
                                    "view",
                                    Some.Noon.AddDays(basket)
                                )
                            )
                    )
            );
        var split = ValidationSplit.Of(From(baskets), 60, allowRepeats: true, CancellationToken.None);

        Assert.Equal(30, split.Users.Length);
        // five known and five new ones
        Assert.All(split.HeldOut, items => Assert.Equal(Enumerable.Range(5, 10), items));
        Assert.All(split.Users, user => Assert.Equal(0, user % 2));
    }

    [Fact]
    public void The_most_frequent_items_alone_make_a_split_of_their_own()
    {
        var split = Split(s_histories, 100).OfMostFrequent(10, CancellationToken.None);

        Assert.Equal(10, split.Remaining.Matrix.Columns);
        Assert.Equal(10, split.Remaining.Events.Items);
        Assert.All(
            split.HeldOut,
            items =>
                Assert.True(
                    items.Length > 0 && items.All(item => item is >= 0 and < 10) && items.SequenceEqual(items.Order())
                )
        );
        var known = split.Remaining.Events.ItemIds;
        Assert.Equal(known.Order(StringComparer.Ordinal), known);
        foreach (var user in split.Users)
        {
            var before = Enumerable
                .Range(0, s_histories.Matrix.Rows)
                .Single(row =>
                    string.Equals(
                        s_histories.Events.UserIds[row],
                        split.Remaining.Events.UserIds[user],
                        StringComparison.Ordinal
                    )
                );
            var names = s_histories.Matrix.IndicesOf(before).ToArray().Select(item => s_histories.Events.ItemIds[item]);
            Assert.Subset(
                names.ToHashSet(),
                split.Remaining.Matrix.IndicesOf(user).ToArray().Select(item => known[item]).ToHashSet()
            );
        }
    }

    private static UserItemMatrix From(IEnumerable<Domain.Interactions.Interaction> interactions) =>
        UserItemMatrix.From(Some.Events(interactions), 500, 5, double.PositiveInfinity, CancellationToken.None);

    private static ValidationSplit Split(UserItemMatrix histories, int sample) =>
        ValidationSplit.Of(histories, sample, allowRepeats: false, CancellationToken.None);
}
