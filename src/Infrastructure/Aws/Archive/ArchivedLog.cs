using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>The log of a host that has no stream: it can be read from the archive, and not be appended to.</summary>
internal sealed class ArchivedLog(InteractionArchive archive) : IInteractionLog
{
    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    ) => throw NotAppendable();

    public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
        archive.ReadAsync(after, cancellationToken);

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        archive.ForgetAsync(work, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => throw NotAppendable();

    private static LogUnavailableException NotAppendable() =>
        new("STREAM_NAME is not set, so nothing can be appended to the stream.");
}
