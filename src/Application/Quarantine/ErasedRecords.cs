using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>
/// Leaves out of rejected records what an erasure covers: a record that the log delivers again after its user was
/// erased brings nothing back.
/// </summary>
internal sealed class ErasedRecords(IProfileStore profiles, IErasures erasures)
{
    // The time of a request is that of a host, and the arrival that of the log.
    private static readonly TimeSpan s_clocks = TimeSpan.FromHours(1);

    /// <param name="records">Rejected records at their positions in the log.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records that no erasure covers; of arrays, the events of other users.</returns>
    internal async Task<IReadOnlyList<QuarantinedRecord>> LeaveOutAsync(
        IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        var users = records.Select(record => record.UserId).OfType<UserId>().ToHashSet();
        var known = users.Count == 0
            ? new Dictionary<UserId, UserProfile>() : await profiles.LoadAsync(users, cancellationToken);
        var recent = await RecentAsync(records, cancellationToken);
        if (recent.Count == 0 && !known.Values.Any(profile => profile.Erasure is not null))
            return records;
        return [.. records.Select(record => Left(record, known, recent)).OfType<QuarantinedRecord>()];
    }

    private static QuarantinedRecord? Left(
        QuarantinedRecord record,
        IReadOnlyDictionary<UserId, UserProfile> known,
        List<(UserId, ErasureBoundary)> recent
    )
    {
        if (record.UserId is { } user)
        {
            var isErased = known.GetValueOrDefault(user)?.Erasure?.Covers(record.Position, record.ArrivedAt) == true;
            return isErased ? null : record;
        }
        var left = record;
        foreach (var (erased, boundary) in recent)
        {
            if (
                boundary.Covers(record.Position, record.ArrivedAt)
                && left.IsAbout(erased, RecordBudget.MaximumUnpackedBytes)
            )
                left = left.Without(erased);
            if (left is null)
                break;
        }
        return left;
    }

    /// <summary>
    /// The erasures that may cover records of which no user could be read; their content says who is in them.
    /// </summary>
    private async Task<List<(UserId, ErasureBoundary)>> RecentAsync(
        IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        var unread = records.Where(record => record.UserId is null).Select(record => record.ArrivedAt).ToList();
        return unread.Count == 0 ? [] : await erasures
            .ListAsync(includeFinished: true, unread.Min() - s_clocks, cancellationToken)
            .Select(erasure => (erasure.User, erasure.Boundary)).ToListAsync(cancellationToken);
    }
}
