using MediatR;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>
/// Judges rejected records once more and appends those that are valid now, each event under its own id, so that one
/// that its producer sent again meanwhile counts once. An event without an id gets one made of its first position, so
/// that asking twice appends once. A record of which an event is still invalid stays as it is.
/// </summary>
/// <param name="Positions">Which records; null for all.</param>
public sealed record RedriveQuarantine(IReadOnlySet<Position>? Positions = null) : IRequest<RedrivenQuarantine>
{
    internal sealed class Handler(
        IQuarantine quarantine,
        IInteractionLog log,
        IProfileStore profiles,
        EventTypeSettings types,
        TimeProvider time
    ) : IRequestHandler<RedriveQuarantine, RedrivenQuarantine>
    {
        private const int ChunkSize = 500;

        public async Task<RedrivenQuarantine> Handle(RedriveQuarantine request, CancellationToken cancellationToken)
        {
            var total = new RedrivenQuarantine(0, 0, 0, []);
            // All are listed before any is marked: a store need not list steadily while it changes.
            var wanted = new List<QuarantinedRecord>();
            await foreach (var record in quarantine.ListAsync(includeSettled: false, cancellationToken))
            {
                if (request.Positions is null || request.Positions.Contains(record.Position))
                    wanted.Add(record);
            }
            foreach (var chunk in wanted.Chunk(ChunkSize))
                total = total.Add(await RedriveAsync(chunk, cancellationToken));
            return total;
        }

        private async Task<RedrivenQuarantine> RedriveAsync(
            QuarantinedRecord[] records,
            CancellationToken cancellationToken
        )
        {
            var now = time.GetUtcNow();
            var validated = records.Select(record => Validate(record, now)).ToList();
            var stillRejected = validated.Where(record => record.Problem is not null)
                .Select(record => record.Record with { Rejection = record.Problem! }).ToList();
            var valid = validated.Where(record => record.Problem is null).ToList();

            var erased = await ErasedAsync(valid, cancellationToken);
            var interactions = valid
                .SelectMany(record =>
                    record.Interactions.Where(interaction =>
                        erased
                            .GetValueOrDefault(interaction.UserId)
                            ?.Covers(record.Record.Position, record.Record.ArrivedAt) != true
                    )
                )
                .ToList();
            var outcomes = await log.AppendAsync(interactions, cancellationToken);
            // Marked after the append: dying in between appends again, under the same ids.
            await quarantine.MarkAsync(
                [.. valid.Select(record => record.Record.Position)],
                QuarantineEnd.Redriven,
                now,
                cancellationToken
            );
            var appended = outcomes.Count(outcome => !outcome.IsDuplicate);
            return new RedrivenQuarantine(
                valid.Count,
                appended,
                valid.Sum(record => record.Interactions.Count) - appended,
                stillRejected
            );
        }

        private ValidatedRecord Validate(QuarantinedRecord record, DateTimeOffset now)
        {
            var events = new List<DecodedEvent>();
            if (!EventDecoder.Read(record.Raw, events, RecordBudget.MaximumEvents))
                return new ValidatedRecord(record, [], record.Rejection);
            var interactions = new List<Interaction>(events.Count);
            foreach (var decoded in events)
            {
                var position = record.Position with { Index = record.Position.Index + decoded.Index };
                var raw = decoded.Raw with
                {
                    // What the store refused is in the log under its own id, which the log takes once only.
                    EventId = record.Rejection.Code != RejectionCode.RefusedByStore && decoded.Raw.EventId is { } own
                        ? own : position.ToRedriveEventId().Value,
                    // An event without a time happened when it first arrived, not now.
                    Timestamp = decoded.Raw.Timestamp ?? Timestamps.Format(record.ArrivedAt),
                };
                var result = decoded.Problem is { } problem
                    ? ValidationResult.Of(problem)
                    : Interaction.Validate(raw, now, default, types);
                if (!result.IsAccepted)
                    return new ValidatedRecord(record, [], result.Rejected);
                // An erasure may begin before this is appended: it covers what first arrived before it.
                interactions.Add(
                    result.Accepted with { RedrivenFrom = new FirstArrival(position, record.ArrivedAt) }
                );
            }
            return new ValidatedRecord(record, interactions, Problem: null);
        }

        private async Task<Dictionary<UserId, ErasureBoundary>> ErasedAsync(
            List<ValidatedRecord> records,
            CancellationToken cancellationToken
        )
        {
            var users = records
                .SelectMany(record => record.Interactions)
                .Select(interaction => interaction.UserId)
                .ToHashSet();
            return (await profiles.LoadAsync(users, cancellationToken))
                .Values.Where(profile => profile.Erasure is not null)
                .ToDictionary(profile => profile.UserId, profile => profile.Erasure!);
        }

        private sealed record ValidatedRecord(
            QuarantinedRecord Record,
            IReadOnlyList<Interaction> Interactions,
            Rejection? Problem
        );
    }
}

/// <summary>What became of the records.</summary>
/// <param name="Records">Records that are valid now and are marked as redriven.</param>
/// <param name="Appended">Events appended to the log.</param>
/// <param name="Dropped">Valid events that were not appended: already in the log from an earlier redrive, or of a user
/// erased since.</param>
/// <param name="StillRejected">Records that stay, each with why it is rejected now.</param>
public sealed record RedrivenQuarantine(
    int Records,
    int Appended,
    int Dropped,
    IReadOnlyList<QuarantinedRecord> StillRejected
)
{
    internal RedrivenQuarantine Add(RedrivenQuarantine other) =>
        new(
            Records + other.Records,
            Appended + other.Appended,
            Dropped + other.Dropped,
            [.. StillRejected, .. other.StillRejected]
        );
}
