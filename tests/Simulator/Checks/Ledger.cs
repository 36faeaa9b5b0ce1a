using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Simulator.Checks;

/// <summary>What really happened, as nobody inside the history knows it.</summary>
internal sealed class Ledger
{
    /// <summary>The interactions that the log took, in its order.</summary>
    internal List<AcceptedInteraction> Accepted { get; } = [];

    /// <summary>The erasures that clients asked for.</summary>
    internal List<RequestedErasure> Erasures { get; } = [];

    /// <summary>The records that must be in quarantine, or have been there.</summary>
    internal List<(QuarantinedRecord Record, int Step)> Rejected { get; } = [];

    /// <summary>The event ids that clients were told are in the log.</summary>
    internal List<(EventId Id, int Step)> Acknowledged { get; } = [];

    /// <summary>The names of all histories that were stored.</summary>
    internal List<(UserId User, HistoryKey Key)> Histories { get; } = [];

    /// <summary>When a record was put into quarantine, each time, and the arrival that it was put there with.</summary>
    internal Dictionary<Position, List<(int Step, DateTimeOffset ArrivedAt)>> Quarantined { get; } = [];

    /// <summary>When an erasure last took everything of a user out of quarantine, whenever it came.</summary>
    internal Dictionary<UserId, int> TakenOut { get; } = [];

    /// <summary>The version of the last tombstone of a user.</summary>
    internal Dictionary<UserId, long> Tombstones { get; } = [];

    internal void Accept(Interaction interaction, int step) => Accepted.Add(new(interaction, step));

    internal void Reject(QuarantinedRecord record, int step) => Rejected.Add((record, step));

    /// <summary>A record was put into quarantine.</summary>
    internal void Quarantine(QuarantinedRecord record, int step)
    {
        if (!Quarantined.TryGetValue(record.Position, out var times))
            Quarantined.Add(record.Position, times = []);
        times.Add((step, record.ArrivedAt));
    }

    /// <summary>
    /// The arrival that the quarantine keeps of a record about a user: that of the first time since all of the user was
    /// taken out. A request that is sent again, since its answer was lost, puts the record there once more.
    /// </summary>
    internal DateTimeOffset KeptArrivalOf(QuarantinedRecord record, UserId user) =>
        Quarantined.GetValueOrDefault(record.Position, []).Where(one => one.Step > TakenOut.GetValueOrDefault(user))
            .Select(one => one.ArrivedAt).FirstOrDefault(record.ArrivedAt);

    internal void Acknowledge(AppendedInteractions answer, int step)
    {
        foreach (var one in answer.Events)
        {
            if (one.Rejection is null && one.EventId is { } id)
                Acknowledged.Add((id, step));
        }
        foreach (var record in answer.Rejected)
            Rejected.Add((record, step));
    }

    internal RequestedErasure BeginErasure(UserId user, int step)
    {
        var erasure = new RequestedErasure(user, step);
        Erasures.Add(erasure);
        return erasure;
    }

    /// <summary>How many different events of a user the log ever took.</summary>
    internal int EventsOf(UserId user)
    {
        var (ids, others) = (new HashSet<string>(), 0);
        foreach (var (interaction, _) in Accepted)
        {
            if (interaction.UserId != user)
                continue;
            if (interaction.EventId is { } id)
                ids.Add(id.Value);
            else
                others++;
        }
        return ids.Count + others;
    }
}

/// <summary>An interaction that the log took.</summary>
/// <param name="Step">When.</param>
internal readonly record struct AcceptedInteraction(Interaction Interaction, int Step);

/// <summary>An erasure that a client asked for.</summary>
internal sealed class RequestedErasure(UserId user, int begunAt)
{
    internal UserId User => user;

    internal int BegunAt => begunAt;

    /// <summary>When the client was told that it is done; null if never.</summary>
    internal int? CompletedAt { get; set; }
}
