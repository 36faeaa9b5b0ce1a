using Recommendation.AdminApi.Workers;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

public sealed class PendingUsersTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly PendingUsers _pending = new();

    [Fact]
    public async Task Who_waits_for_a_pending_user_ends_the_rest_before_the_next_pass()
    {
        _pending.Add([User("ann")]);
        var rest = _pending.Wanted;
        var waiting = _pending.WaitAsync(User("ann"), s_long, TimeProvider.System, CancellationToken.None).AsTask();
        Assert.True(rest.IsCompleted);
        Assert.False(waiting.IsCompleted);
        _pending.Applied(_pending.Begin());
        await waiting.WaitAsync(s_long);
        Assert.False(_pending.Wanted.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_for_what_a_pass_does_not_cover_ends_the_rest_after_it()
    {
        _pending.Add([User("bob")]);
        var generation = _pending.Begin();
        _pending.Add([User("ann")]);
        var waiting = _pending.WaitAsync(User("ann"), s_long, TimeProvider.System, CancellationToken.None).AsTask();
        _pending.Applied(generation);
        await _pending.Wanted.WaitAsync(s_long);
        Assert.False(waiting.IsCompleted);
        _pending.Applied(_pending.Begin());
        await waiting.WaitAsync(s_long);
    }

    [Fact]
    public async Task A_user_who_is_not_pending_ends_no_rest()
    {
        _pending.Add([User("ann")]);
        await _pending.WaitAsync(User("bob"), s_long, TimeProvider.System, CancellationToken.None);
        Assert.False(_pending.Wanted.IsCompleted);
    }

    private static UserId User(string id) => UserId.Parse(id);
}
