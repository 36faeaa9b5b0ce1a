using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// What went through the stream, under <c>archive/yyyy/MM/dd/</c> and there by 256 groups of users: what profiles are
/// rebuilt from and models are trained on. The objects may hold copies and need not be in order; reading gives each
/// event once and each shard in its order.
/// </summary>
internal sealed class InteractionArchive(Bucket bucket)
{
    private readonly ArchiveListing _listing = new(bucket);
    private readonly ArchiveReader _reader = new(bucket);

    /// <summary>
    /// Archives interactions of one shard, in their order. The same ones again change nothing, not even if a user was
    /// forgotten since.
    /// </summary>
    internal async Task WriteAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
            return;
        await bucket.PutAsync(
            ArchiveObject.KeyOf(interactions),
            ArchiveObject.Encode(interactions),
            PutCondition.Absent,
            cancellationToken
        );
    }

    /// <summary>Reads the archive day by day; at most two days are held at a time.</summary>
    internal IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
        _reader.ReadAsync(_listing.AllAsync(from: null, cancellationToken), isWanted: null, after, cancellationToken);

    internal Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        new ArchiveErasure(bucket, _listing, _reader).ForgetAsync(work, cancellationToken);
}
