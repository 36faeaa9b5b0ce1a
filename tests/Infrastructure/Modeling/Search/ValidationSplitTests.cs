using Recommendation.Modeling.Search;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Search;

public class ValidationSplitTests
{
    private static readonly Histories s_histories =
        Histories.From(Some.Events(Some.TwoTastes(users: 100, items: 40, perUser: 12)), 500, 5, double.PositiveInfinity, CancellationToken.None);

    [Fact]
    public void What_is_held_out_and_what_remains_make_up_the_history()
    {
        var split = ValidationSplit.Of(s_histories, sample: 60);

        Assert.Equal(60, split.Users.Length);
        for (var user = 0; user < s_histories.Matrix.Rows; user++)
        {
            var place = Array.IndexOf(split.Users, user);
            var heldOut = place < 0 ? [] : split.HeldOut[place];
            var remaining = split.Remaining.Matrix.IndicesOf(user).ToArray();
            Assert.Equal(s_histories.Matrix.IndicesOf(user).ToArray().Order(), heldOut.Concat(remaining).Order());
            Assert.Equal(place >= 0, heldOut.Length > 0);
        }
    }

    [Fact]
    public void The_newest_items_are_held_out_where_there_are_times()
    {
        var split = ValidationSplit.Of(s_histories, sample: 100);

        Assert.True(split.HasTimes);
        foreach (var (place, user) in split.Users.Index())
        {
            var newest = s_histories.Matrix.IndicesOf(user)[..split.HeldOut[place].Length].ToArray();
            Assert.Equal(newest.Order(), split.HeldOut[place]);
        }
    }

    [Fact]
    public void Any_items_are_held_out_where_there_are_no_times_and_the_same_ones_each_time()
    {
        var timeless = s_histories with { Milliseconds = new long[s_histories.Matrix.Entries] };

        var split = ValidationSplit.Of(timeless, sample: 100);

        Assert.False(split.HasTimes);
        Assert.Contains(split.Users.Index(), user =>
            !timeless.Matrix.IndicesOf(user.Item)[..split.HeldOut[user.Index].Length].ToArray().Order().SequenceEqual(split.HeldOut[user.Index]));
        Assert.Equal(split.HeldOut, ValidationSplit.Of(timeless, sample: 100).HeldOut);
    }

    [Fact]
    public void A_handful_of_users_is_not_worth_a_search()
    {
        Assert.False(ValidationSplit.Of(s_histories, sample: 29).IsWorthwhile);
        Assert.True(ValidationSplit.Of(s_histories, sample: 30).IsWorthwhile);
    }
}
