using MediatR;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Simulation.Tests.Planted;

/// <summary>
/// A redrive as it was: what is appended anew gets an id of its own, whatever its producer called it.
/// </summary>
internal sealed class RedriveUnderNewIds(IQuarantine quarantine, IInteractionLog log, TimeProvider time)
    : IRequestHandler<RedriveQuarantine, RedrivenQuarantine>
{
    public async Task<RedrivenQuarantine> Handle(RedriveQuarantine request, CancellationToken cancellationToken)
    {
        var records = await quarantine.ListAsync(includeSettled: false, cancellationToken)
            .ToListAsync(cancellationToken);
        var (now, appended) = (time.GetUtcNow(), 0);
        foreach (var record in records)
        {
            List<Interaction> accepted = [];
            List<QuarantinedRecord> rejected = [];
            EventDecoder.Decode(record.Raw, record.Position, now, accepted, rejected);
            if (rejected.Count > 0)
                continue;
            await log.AppendAsync(
                [.. accepted.Select(one => one with { EventId = one.Position.ToRedriveEventId(),
                    Position = default })], cancellationToken);
            await quarantine.MarkAsync([record.Position], QuarantineEnd.Redriven, now, cancellationToken);
            appended += accepted.Count;
        }
        return new RedrivenQuarantine(records.Count, appended, 0, []);
    }
}
