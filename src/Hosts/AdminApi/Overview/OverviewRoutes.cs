using MediatR;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Overview;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Overview;

/// <summary>How it is now.</summary>
internal static class OverviewRoutes
{
    internal static async Task<OverviewDocument> GetAsync(
        IMediator mediator,
        TrafficMeter traffic,
        IProfileFollower follower,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var state = await mediator.Send(new GetOverview(), cancellationToken);
        var hour = traffic.LastHour();
        return new OverviewDocument(
            Timestamps.Format(time.GetUtcNow()),
            TrafficDocument.From(traffic.Since, hour, traffic.UnnamedTypes),
            new LagDocument(follower.Pending, traffic.Lag is { } lag ? Math.Round(lag, 1) : null),
            new StoredDocument(state.Counts.Profiles, state.Counts.Lists, state.Counts.Quarantined),
            state.ListAge is { } age ? Math.Round(age.TotalSeconds) : null,
            state.FallbackShare is { } share ? Math.Round(share, 4) : null,
            ShownDocument.From(hour),
            state.Model is { } model ? ModelDocument.From(model, isCurrent: true) : null,
            state.Running is { } running ? BatchDocument.From(running) : null,
            state.LastRun is { } last ? BatchDocument.From(last) : null,
            new OpenErasuresDocument(
                state.OpenErasures,
                state.OldestErasure is { } oldest ? Math.Round(oldest.TotalSeconds) : null
            )
        );
    }
}
