using Amazon.Lambda.KinesisEvents;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;

namespace Recommendation.StreamProcessor;

/// <summary>The results of a batch's chunks, added up.</summary>
internal sealed class BatchTotals
{
    private readonly HashSet<SequenceNumber> _failed = [];

    internal int Counted { get; private set; }

    internal int Copies { get; private set; }

    internal int Erased { get; private set; }

    internal int Quarantined { get; private set; }

    internal int ProfilesWritten { get; private set; }

    internal int Conflicts { get; private set; }

    internal int Settled { get; private set; }

    internal string? FirstError { get; private set; }

    /// <summary>Whether all that failed did so only since the table is short of capacity.</summary>
    internal bool IsPostponed { get; private set; } = true;

    internal void Add(UpdatedProfiles updated)
    {
        Counted += updated.Counted;
        Copies += updated.Redelivered + updated.Repeated;
        Erased += updated.Erased;
        Quarantined += updated.Quarantined;
        ProfilesWritten += updated.ProfilesWritten;
        Conflicts += updated.Conflicts;
        Settled += updated.Settled;
        FirstError ??= updated.FirstError;
        IsPostponed &= updated.Failed.Count == 0 || updated.IsPostponed;
        _failed.UnionWith(updated.Failed.Select(position => position.Sequence));
    }

    /// <summary>Records that were not tried, since earlier ones failed or the time was up.</summary>
    internal void Postpone(IEnumerable<KinesisEvent.KinesisEventRecord> records)
    {
        IsPostponed &= FirstError is not null;
        FirstError ??= "The batch was stopped before its deadline.";
        _failed.UnionWith(records.Select(record => SequenceNumber.Parse(record.Kinesis.SequenceNumber)));
    }

    /// <summary>A record failed if anything in it did; named as the event names it.</summary>
    internal StreamsEventResponse ToAnswer(IList<KinesisEvent.KinesisEventRecord> records)
    {
        var answer = new StreamsEventResponse();
        if (_failed.Count == 0)
            return answer;
        foreach (var record in records)
        {
            if (_failed.Contains(SequenceNumber.Parse(record.Kinesis.SequenceNumber)))
                answer.BatchItemFailures.Add(
                    new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber }
                );
        }
        return answer;
    }
}
