using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

/// <summary>A log by the 256 groups of users, which notes what is read of it.</summary>
internal sealed class PartedLog(IInteractionLog log) : IUserLog
{
    public int Parts => UserBucket.Count;

    /// <summary>The parts that were asked for, in their order.</summary>
    internal List<LogParts> Read { get; } = [];

    public int PartOf(UserId user) => UserBucket.Of(user);

    public IAsyncEnumerable<Interaction> ReadAsync(LogParts parts, CancellationToken cancellationToken)
    {
        Read.Add(parts);
        return log.ReadAsync(after: null, cancellationToken)
            .Where(one => parts.Has(PartOf(one.UserId)) && !(one.ArrivedAt < parts.ArrivedFrom));
    }

    public Task<bool> CompactAsync(DateTimeOffset until, CancellationToken cancellationToken) => Task.FromResult(true);
}
