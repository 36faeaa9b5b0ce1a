using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Batches;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.AdminApi.Workers;

/// <summary>
/// Starts the run of each day at 02:00 UTC, after it has measured the lists of the last one and checked the metrics; a
/// run that finds another going is recorded as skipped.
/// </summary>
internal sealed class NightlySchedule(
    LocalBatchStarter batches,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<NightlySchedule> logger
) : BackgroundService
{
    internal static readonly TimeSpan At = TimeSpan.FromHours(2);

    // Timers follow the monotonic clock: a nap that is short meets a clock that was set meanwhile.
    private static readonly TimeSpan s_nap = TimeSpan.FromMinutes(1);

    /// <summary>The next 02:00 UTC after a time.</summary>
    internal static DateTimeOffset Next(DateTimeOffset after)
    {
        var today = new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero) + At;
        return today > after ? today : today.AddDays(1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var next = Next(time.GetUtcNow());
                logger.LogInformation("The next nightly run is due at {Due}", Timestamps.Format(next));
                for (var left = next - time.GetUtcNow(); left > TimeSpan.Zero; left = next - time.GetUtcNow())
                    await Task.Delay(left < s_nap ? left : s_nap, time, stoppingToken);
                await MeasureAsync(stoppingToken);
                await CheckAsync(stoppingToken);
                await RunAsync(BatchRunId.Scheduled(DateOnly.FromDateTime(next.UtcDateTime)), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // The host stops.
        }
    }

    /// <summary>Before the run, which replaces the lists.</summary>
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var quality = await scope
                .ServiceProvider.GetRequiredService<IMediator>()
                .Send(new EvaluateStoredLists(), cancellationToken);
            logger.LogInformation(
                "The lists of run {RunId} have NDCG@{Cutoff} {Ndcg} over {Users} users who came to something new "
                    + "since; {WithoutList} others have no list",
                quality.Run.Id, quality.Cutoff, quality.Ndcg, quality.Users, quality.WithoutList);
        }
        catch (Exception problem) when (problem is RefusedException or UnavailableException or StoredFormatException)
        {
            logger.LogWarning("The lists of the last run were not measured: {Problem}", problem.Message);
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var found = await scope
                .ServiceProvider.GetRequiredService<IMediator>()
                .Send(new CheckFeedback(), cancellationToken);
            foreach (var alarm in found.Alarms)
                logger.LogWarning("Alarm {Alarm}: {Problem}", alarm.Code, alarm.Message);
        }
        catch (Exception problem) when (problem is RefusedException or UnavailableException or StoredFormatException)
        {
            logger.LogWarning("Metrics and experiments were not checked: {Problem}", problem.Message);
        }
    }

    private async Task RunAsync(BatchRunId id, CancellationToken cancellationToken)
    {
        try
        {
            await batches.RunAsync(id, cancellationToken);
        }
        catch (Exception problem) when (problem is RefusedException or UnavailableException or StoredFormatException)
        {
            logger.LogError("The nightly run {RunId} did not end well: {Problem}", id, problem.Message);
        }
    }
}
