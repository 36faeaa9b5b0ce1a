using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Simulator.Actors;

namespace Recommendation.Simulator.Ports;

/// <summary>
/// The records of erasures beside a stream: each is put into the shard of its user first, and the arrival there counts.
/// Writers may be late, so every place is swept once more.
/// </summary>
internal sealed class StreamErasureRecords(World world) : IErasures
{
    private readonly List<Erasure> _erasures = [];

    public TimeSpan SettleTime => TimeSpan.FromMinutes(30);

    public Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken)
    {
        var id = ErasureId.New(requestedAt);
        var marker = Encoding.UTF8.GetBytes($"{{\"recommendationControl\":\"erasure\",\"erasureId\":\"{id}\"}}");
        var position = world.Shards!.PutMarker(user.Value, marker);
        var boundary = ErasureBoundary.At(position, Timestamps.ToMilliseconds(world.Now));
        var erasure = new Erasure { Id = id, User = user, RequestedAt = requestedAt, Boundary = boundary };
        _erasures.Add(erasure);
        return Task.FromResult(erasure);
    }

    public Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) =>
        Task.FromResult(_erasures.Find(erasure => erasure.Id == id));

    public Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var index = _erasures.FindIndex(one => one.Id == erasure.Id && one.Version == erasure.Version);
        return Task.FromResult(index < 0 ? null : _erasures[index] = erasure with { Version = erasure.Version + 1 });
    }

    public IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var listed = _erasures.Where(one => since is null || one.RequestedAt >= since);
        return (includeFinished ? listed.Reverse() : listed.Where(one => !one.IsFinished)).ToList().ToAsyncEnumerable();
    }
}
