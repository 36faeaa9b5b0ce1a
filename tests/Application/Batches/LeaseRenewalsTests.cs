using NSubstitute;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Tests.Batches;

/// <summary>One lease is shared by all processes that work on a run: few of them write it.</summary>
public sealed class LeaseRenewalsTests
{
    private readonly ManualTime _time = new(Some.Noon);
    private readonly RecommendationOptions _options = new();
    private readonly IBatchRuns _runs = Substitute.For<IBatchRuns>();
    private readonly IBatchLeases _leases = Substitute.For<IBatchLeases>();
    private readonly BatchRun _run = BatchRun.Start(Some.Run, Some.Noon, TimeSpan.FromDays(30)) with { Owner = "me" };

    private BatchLease? _stored;

    public LeaseRenewalsTests()
    {
        _leases.FindHeldAsync(default, default).ReturnsForAnyArgs(_ => _stored);
        _runs.LeaseAsync(null!, default, default).ReturnsForAnyArgs(call => _stored = call.Arg<BatchLease>());
    }

    [Fact]
    public async Task Of_a_thousand_processes_one_writes_the_lease_until_half_of_its_time_is_over()
    {
        var processes = Enumerable.Range(0, 1000).Select(_ => new LeaseRenewals(_runs, _leases, _options, _time)).ToList();
        foreach (var process in processes)
            await process.HoldAsync(_run, CancellationToken.None);
        await _runs.ReceivedWithAnyArgs(1).LeaseAsync(null!, default, default);

        _time.Advance((_options.BatchLease / 2) + TimeSpan.FromSeconds(1));
        foreach (var process in processes)
            await process.HoldAsync(_run, CancellationToken.None);
        await _runs.ReceivedWithAnyArgs(2).LeaseAsync(null!, default, default);
        Assert.Equal(_time.GetUtcNow() + _options.BatchLease, _stored!.ExpiresAt);
    }

    [Fact]
    public async Task Another_attempts_lease_is_asked_for_and_refused()
    {
        var other = (_run with { Attempt = 2, Owner = "other" }).LeaseUntil(Some.Noon.AddHours(1));
        _stored = other;
        _runs.LeaseAsync(null!, default, default).ReturnsForAnyArgs(other);
        var process = new LeaseRenewals(_runs, _leases, _options, _time);
        await Assert.ThrowsAsync<RefusedException>(() => process.HoldAsync(_run, CancellationToken.None));
    }
}
