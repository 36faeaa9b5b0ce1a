using System.Threading.Channels;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Local;

namespace Recommendation.AdminApi.Workers;

/// <summary>
/// Lets the profiles of one machine follow the log: at once after an append here, and once a second
/// for what others append. While many events come in, it rests after a pass for as long as that took, unless somebody
/// waits for a user: a larger pass meets more of a user's events at once, and so writes fewer profiles.
/// </summary>
internal sealed class ProfileWorker(
    IServiceScopeFactory scopes,
    AdminApiOptions options,
    TimeProvider time,
    ILogger<ProfileWorker> logger
) : BackgroundService, IProfileFollower
{
    private const int ManyEvents = 1_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(500);

    private readonly PendingUsers _pending = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public int Pending => _pending.Count;

    public void Appended(IEnumerable<UserId> users)
    {
        _pending.Add(users);
        _signal.Writer.TryWrite(true);
    }

    public ValueTask FollowedAsync(UserId user, CancellationToken cancellationToken) =>
        _pending.WaitAsync(user, options.RealtimeBudget, time, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // How long a pass takes, and is rested for, is real time, whatever clock is in use.
            var started = TimeProvider.System.GetTimestamp();
            if (await FollowAsync(stoppingToken) >= ManyEvents)
                await RestAsync(TimeProvider.System.GetElapsedTime(started), stoppingToken);
            await WaitAsync(stoppingToken);
        }
    }

    /// <returns>How many events were applied.</returns>
    private async Task<long> FollowAsync(CancellationToken cancellationToken)
    {
        var generation = _pending.Begin();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var caughtUp = await scope
                .ServiceProvider.GetRequiredService<IMediator>()
                .Send(new CatchUpProfiles(LocalLog.Partition), cancellationToken);
            _pending.Applied(generation);
            return caughtUp.Counted;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0; // What is not applied is so at the next start.
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            logger.LogError("The profiles do not follow the log: {Problem} Trying again.", problem.Message);
            await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
    }

    private async Task RestAsync(TimeSpan pass, CancellationToken cancellationToken) =>
        await _pending.Wanted
            .WaitAsync(pass < s_longestRest ? pass : s_longestRest, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return; // A second is over, or the host stops; the loop knows.
        }
    }
}
