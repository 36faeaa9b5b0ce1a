using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Import;

namespace Recommendation.ModelServer.Training;

/// <summary>
/// The files of the training channels as a log, without those of the catalogue: archive lines or events as JSON
/// Lines, CSV, gzip of each. An event id that a user already has is passed over: archives may hold copies. What is no
/// interaction is counted and told.
/// </summary>
/// <param name="userShare">The share of the users that is read: by the groups of <see cref="UserBucket"/>, as the
/// archive's objects are chosen.</param>
internal sealed class ChannelLog(
    ContainerPaths paths,
    EventTypeSettings types,
    TimeProvider asOf,
    double userShare,
    Action<string> tell
) : IInteractionLog
{
    private readonly int _buckets = UserBucket.CountOf(userShare, UserBucket.Count);

    private const int MostExamples = 5;

    private bool _isTold;

    public async IAsyncEnumerable<Interaction> ReadAsync(
        Position? after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        var seen = new HashSet<UInt128>();
        var count = new Counts();
        foreach (var path in Files())
        {
            using var file = Open(path);
            foreach (var row in file.Rows(cancellationToken))
            {
                if (
                    Validate(row, path, count) is { } interaction
                    && IsOfShare(interaction, count)
                    && IsNew(interaction, seen, count)
                )
                    yield return interaction;
            }
        }
        Tell(count);
    }

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A training channel is read only.");

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A training channel is read only.");

    public Task CheckAsync(CancellationToken cancellationToken) =>
        throw new LogUnavailableException("A training channel is read only.");

    /// <exception cref="RefusedException">There is none.</exception>
    private List<string> Files()
    {
        var files = paths.Files(ofCatalogue: false).ToList();
        return files.Count > 0
            ? files
            : throw new RefusedException(
                $"There is no file with interactions in '{paths.Channels}'; give the job an input channel."
            );
    }

    private static InteractionFile Open(string path)
    {
        try
        {
            return InteractionFile.Open(path);
        }
        catch (InputException problem)
        {
            throw new RefusedException(problem.Message);
        }
    }

    private Interaction? Validate(in ImportRow row, string path, Counts count)
    {
        if (row.Kind is ImportRowKind.Item or ImportRowKind.Skipped)
            return null;
        count.Rows++;
        var problem = row.Rejection?.Message;
        if (row.Kind == ImportRowKind.Event)
        {
            // Whatever lies after the time that counts as now is left out by the training, not rejected here.
            var arrivedAt = row.Event.Timestamp is null ? asOf.GetUtcNow() : TimeProvider.System.GetUtcNow();
            var result = Interaction.Validate(
                row.Event,
                arrivedAt,
                new Position("channel", SequenceNumber.From(count.Rows)),
                types
            );
            if (result.IsAccepted)
                return result.Accepted;
            problem = result.Rejected.Message;
        }
        count.Rejected++;
        if (count.Examples.Count < MostExamples)
            count.Examples.Add($"{Path.GetFileName(path)}, line {row.Line}: {problem}");
        return null;
    }

    private bool IsOfShare(Interaction interaction, Counts count)
    {
        var isOfShare = UserBucket.Of(interaction.UserId) < _buckets;
        count.OfOthers += isOfShare ? 0 : 1;
        return isOfShare;
    }

    private static bool IsNew(Interaction interaction, HashSet<UInt128> seen, Counts count)
    {
        if (interaction.EventId is not { } id)
            return true;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{interaction.UserId}\n{id}"));
        var isNew = seen.Add(BinaryPrimitives.ReadUInt128LittleEndian(hash));
        count.Copies += isNew ? 0 : 1;
        return isNew;
    }

    /// <summary>The log is read more than once, and says the same each time.</summary>
    private void Tell(Counts count)
    {
        if (_isTold)
            return;
        _isTold = true;
        tell($"{count.Rows} events read: {count.Copies} copies passed over, {count.Rejected} rejected.");
        if (_buckets < UserBucket.Count)
            tell($"{count.OfOthers} are of users outside of the sample of {userShare:0.##%} that was asked for.");
        foreach (var example in count.Examples)
            tell($"  rejected: {example}");
    }

    private sealed class Counts
    {
        public long Rows { get; set; }

        public long Copies { get; set; }

        public long Rejected { get; set; }

        public long OfOthers { get; set; }

        public List<string> Examples { get; } = [];
    }
}
