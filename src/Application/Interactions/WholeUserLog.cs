using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>A log that is kept by time alone: one part, which is all of it.</summary>
internal sealed class WholeUserLog(IInteractionLog log) : IUserLog
{
    public int Parts => 1;

    public int PartOf(UserId user) => 0;

    public IAsyncEnumerable<Interaction> ReadAsync(LogParts parts, CancellationToken cancellationToken) =>
        log.ReadAsync(after: null, cancellationToken)
            .Where(one => parts.Has(0) && !(one.ArrivedAt < parts.ArrivedFrom));

    public Task<bool> CompactAsync(DateTimeOffset until, CancellationToken cancellationToken) => Task.FromResult(true);
}
