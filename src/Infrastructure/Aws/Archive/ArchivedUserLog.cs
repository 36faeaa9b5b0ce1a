using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>The archive by its 256 groups of users. Reads as many groups at once as fit into memory.</summary>
internal sealed class ArchivedUserLog(Bucket bucket, TimeProvider time, ILogger<ArchiveCompaction> logger) : IUserLog
{
    /// <summary>Compressed bytes of two days that are held decoded; about 30 times as much memory.</summary>
    internal const long MostHeld = 8 << 20;

    private readonly ArchiveListing _listing = new(bucket);
    private readonly ArchiveReader _reader = new(bucket);

    public int Parts => UserBucket.Count;

    public int PartOf(UserId user) => UserBucket.Of(user);

    public async IAsyncEnumerable<Interaction> ReadAsync(
        LogParts parts,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var from = parts.ArrivedFrom is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : (DateOnly?)null;
        var keys = await _listing.OfAsync(parts, from, cancellationToken).ToListAsync(cancellationToken);
        foreach (var group in Groups(parts, keys))
        {
            var ofGroup = keys.Where(key => key.Bucket is not { } bucket || group.Has(bucket)).ToAsyncEnumerable();
            await foreach (
                var one in _reader.ReadAsync(
                    ofGroup,
                    one => group.Has(PartOf(one.UserId)),
                    after: null,
                    cancellationToken
                )
            )
                yield return one;
        }
    }

    public Task<bool> CompactAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        new ArchiveCompaction(bucket, _listing, time, logger).RunAsync(until, cancellationToken);

    /// <summary>Objects that hold users of any group are read again for each.</summary>
    private static IEnumerable<LogParts> Groups(LogParts parts, List<ArchiveKey> keys)
    {
        var days = keys.GroupBy(key => key.Day)
            .OrderBy(day => day.Key)
            .Select(day => day.Sum(key => key.Size))
            .ToList();
        var held = days.Count < 2 ? days.Sum() : days.Zip(days.Skip(1), (one, next) => one + next).Max();
        var size = (int)Math.Clamp(parts.Count * MostHeld / Math.Max(1, held), 1, parts.Count);
        for (var first = parts.First; first < parts.First + parts.Count; first += size)
            yield return parts with { First = first, Count = Math.Min(size, parts.First + parts.Count - first) };
    }
}
