using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Given;

/// <summary>A quarantine that fails on request.</summary>
internal sealed class QuarantineProbe(IQuarantine inner) : IQuarantine
{
    internal Exception? Adding { get; set; }

    internal Exception? Marking { get; set; }

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        Adding is { } problem ? Task.FromException(problem) : inner.AddAsync(records, cancellationToken);

    public IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeRedriven, CancellationToken cancellationToken) =>
        inner.ListAsync(includeRedriven, cancellationToken);

    public Task MarkRedrivenAsync(IReadOnlyList<Position> positions, DateTimeOffset at, CancellationToken cancellationToken) =>
        Marking is { } problem ? Task.FromException(problem) : inner.MarkRedrivenAsync(positions, at, cancellationToken);

    public Task<long> ForgetAsync(UserId user, CancellationToken cancellationToken) => inner.ForgetAsync(user, cancellationToken);
}
