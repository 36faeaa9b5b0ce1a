using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Profiles;

/// <summary>
/// What has become of a batch so far. Every record counts as failed until it is known to be saved,
/// dropped or in quarantine.
/// </summary>
internal sealed class BatchUpdate(Position? checkpoint)
{
    private readonly List<Position> _failed = [];
    private readonly Queue<QuarantinedRecord> _toQuarantine = [];
    private readonly Dictionary<RejectionCode, int> _rejected = [];
    private readonly UnnamedTypes _unnamed = new();
    private Position? _checkpoint = checkpoint;
    private string? _firstError;
    private int _counted;
    private int _redelivered;
    private int _repeated;
    private int _erased;
    private int _noActs;
    private int _written;
    private int _conflicts;
    private int _postponed;

    /// <summary>
    /// The checkpoint, while it is not saved yet, nothing has failed, and nothing is left to be quarantined.
    /// </summary>
    internal Position? CheckpointToSave => _failed.Count == 0 && _toQuarantine.Count == 0 ? _checkpoint : null;

    /// <summary>Keeps records for the quarantine, which gets them after the saves.</summary>
    internal void Reject(IReadOnlyList<QuarantinedRecord> records)
    {
        foreach (var record in records)
            _toQuarantine.Enqueue(record);
    }

    /// <summary>The next records for the quarantine; none if all have been taken.</summary>
    internal IReadOnlyList<QuarantinedRecord> NextRejected(int maximum)
    {
        var records = new List<QuarantinedRecord>();
        while (records.Count < maximum && _toQuarantine.TryDequeue(out var record))
            records.Add(record);
        return records;
    }

    internal void Unchanged(ApplyResult applied)
    {
        ProfilesSettled++;
        Add(applied);
    }

    internal void Saved(ApplyResult applied)
    {
        _written++;
        ProfilesSettled++;
        Add(applied);
    }

    internal void Conflict() => _conflicts++;

    /// <summary>The store keeps the checkpoint with the profiles if each of the call was saved.</summary>
    internal void SavedAllOf(IReadOnlyList<SaveOutcome> outcomes)
    {
        if (CheckpointToSave is not null && outcomes.All(outcome => outcome.Status == SaveStatus.Saved))
            _checkpoint = null;
    }

    /// <param name="records">Records that are in quarantine now.</param>
    /// <param name="erased">How many others were left out, since their user was erased.</param>
    internal void Quarantined(IReadOnlyList<QuarantinedRecord> records, int erased)
    {
        _erased += erased;
        foreach (var record in records)
            _rejected[record.Rejection.Code] = _rejected.GetValueOrDefault(record.Rejection.Code) + 1;
    }

    /// <summary>Whether something failed, and all of it only since a store is short of capacity.</summary>
    internal bool IsPostponed => _failed.Count > 0 && _postponed == _failed.Count;

    /// <summary>How many users' interactions were saved or changed nothing.</summary>
    internal int ProfilesSettled { get; private set; }

    internal void Fail(IReadOnlyCollection<Interaction> interactions, string reason, bool isPostponed = false)
    {
        _postponed += isPostponed ? interactions.Count : 0;
        Fail(interactions.Select(interaction => interaction.Position), reason);
    }

    internal void Fail(IReadOnlyCollection<Interaction> interactions, Exception problem) =>
        Fail(interactions, ReasonOf(problem), problem is ThrottledException);

    internal static string ReasonOf(Exception problem) =>
        problem is OperationCanceledException and not ThrottledException
            ? "The batch was stopped before its deadline."
            : problem.Message;

    /// <summary>Fails records that the quarantine did not take, and those that it was not asked to take yet.</summary>
    internal void FailRejected(IEnumerable<QuarantinedRecord> records, string reason)
    {
        Fail(records.Concat(_toQuarantine).Select(record => record.Position), reason);
        _toQuarantine.Clear();
    }

    internal UpdatedProfiles ToResult(UpdateProfiles request, DateTimeOffset now)
    {
        var result = new UpdatedProfiles
        {
            Counted = _counted,
            Redelivered = _redelivered,
            Repeated = _repeated,
            Erased = _erased,
            NoActs = _noActs,
            Quarantined = _rejected.Values.Sum(),
            ProfilesWritten = _written,
            Conflicts = _conflicts,
            Failed = _failed,
            FirstError = _firstError,
            IsPostponed = IsPostponed,
        };
        Measure(request, now);
        return result;
    }

    private void Fail(IEnumerable<Position> positions, string reason)
    {
        _failed.AddRange(positions);
        _firstError ??= reason;
    }

    private void Add(ApplyResult applied)
    {
        _counted += applied.Counted;
        _redelivered += applied.Redelivered;
        _repeated += applied.Repeated;
        _erased += applied.Erased;
        _noActs += applied.NoActs;
        if (applied.Unnamed is { } unnamed)
            _unnamed.Add(unnamed);
    }

    private void Measure(UpdateProfiles request, DateTimeOffset now)
    {
        Telemetry.RecordsAccepted.Add(_counted);
        Telemetry.RecordsDuplicated.Add(_redelivered, new KeyValuePair<string, object?>("by", "log"));
        Telemetry.RecordsDuplicated.Add(_repeated, new KeyValuePair<string, object?>("by", "producer"));
        Telemetry.RecordsFailed.Add(_failed.Count);
        Telemetry.ProfilesWritten.Add(_written);
        Telemetry.SaveConflicts.Add(_conflicts);
        foreach (var (reason, count) in _rejected)
            Telemetry.RecordsRejected.Add(count, new KeyValuePair<string, object?>("reason", reason.Value));
        Telemetry.CountUnnamed(_unnamed);
        if (request.Interactions.Count > 0)
            Telemetry.Lag.Record(
                (now - request.Interactions.Min(interaction => interaction.ArrivedAt)).TotalMilliseconds
            );
    }
}
