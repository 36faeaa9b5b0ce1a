using FluentValidation;
using MediatR;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Judges events as arriving now, appends the valid ones to the log, and quarantines the others. When it ends, each
/// event is durable in one place or the other.
/// </summary>
public sealed record AppendInteractions(IReadOnlyList<IncomingEvent> Events) : IRequest<AppendedInteractions>
{
    /// <summary>How many events one request may hold.</summary>
    public const int MaximumEvents = 65_536;

    internal sealed class Validator : AbstractValidator<AppendInteractions>
    {
        public Validator() => RuleFor(request => request.Events.Count).LessThanOrEqualTo(MaximumEvents)
            .WithMessage($"A request holds at most {MaximumEvents} events; send the rest in another.");
    }

    internal sealed class Handler(
        IInteractionLog log,
        IQuarantine quarantine,
        EventTypeSettings types,
        RecommendationIds ids,
        TimeProvider time
    ) : IRequestHandler<AppendInteractions, AppendedInteractions>
    {
        public async Task<AppendedInteractions> Handle(AppendInteractions request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var accepted = new List<Interaction>(request.Events.Count);
            var rejected = new List<QuarantinedRecord>();
            var events = new AppendedEvent[request.Events.Count];
            var idProblems = new Dictionary<int, RecommendationIdProblem>();
            foreach (var (index, incoming) in request.Events.Index())
            {
                var result = incoming.Problem is { } problem
                    ? ValidationResult.Of(problem)
                    : Interaction.Validate(incoming.Event, now, default, types);
                events[index] = new AppendedEvent(Position.Unassigned, result.Rejected);
                if (result.IsAccepted)
                {
                    var (checkedOne, idProblem) = await CheckedAsync(result, cancellationToken);
                    if (idProblem is { } known)
                        idProblems.Add(index, known);
                    accepted.Add(WithId(checkedOne));
                }
                else
                    rejected.Add(Quarantined(incoming, result.Rejected, now));
            }

            // Quarantine first: it is keyed by the source, so a retry after a failed append adds nothing.
            if (rejected.Count > 0)
                await quarantine.AddAsync(rejected, cancellationToken);
            var outcomes = await log.AppendAsync(accepted, cancellationToken);
            foreach (var record in rejected)
                Telemetry.RecordsRejected.Add(
                    1,
                    new KeyValuePair<string, object?>("reason", record.Rejection.Code.Value)
                );
            foreach (var idProblem in idProblems.Values)
                Telemetry.RecommendationIdsRejected.Add(1, new KeyValuePair<string, object?>("reason", idProblem.Code));
            return Summary(accepted, outcomes, rejected, events, idProblems);
        }

        /// <summary>The event without its recommendation id if that does not count, and the reason.</summary>
        private async ValueTask<(Interaction, RecommendationIdProblem?)> CheckedAsync(
            ValidationResult result, CancellationToken cancellationToken)
        {
            var interaction = result.Accepted!;
            if (interaction.RecommendationId is not { } id)
                return (interaction, result.IdProblem);
            var problem = await ids.ProblemOfAsync(id, interaction.UserId, cancellationToken);
            return (problem is null ? interaction : interaction with { RecommendationId = null }, problem);
        }

        /// <summary>
        /// An event gets its id before the first attempt to append it: one that is repeated, since its answer was lost,
        /// is the same event.
        /// </summary>
        private static Interaction WithId(Interaction interaction) => interaction.EventId is null
            ? interaction with
            {
                EventId = ImpressionId.Of(interaction)
                ?? EventId.FromStored(Guid.NewGuid().ToString("N"))
            }
            : interaction;

        private static QuarantinedRecord Quarantined(
            in IncomingEvent incoming,
            Rejection rejection,
            DateTimeOffset now
        ) =>
            new()
            {
                Position = incoming.Source,
                ArrivedAt = now,
                Rejection = rejection,
                Raw = incoming.Raw.IsEmpty ? EventEncoder.Encode(incoming.Event) : incoming.Raw,
                UserId = UserOf(incoming.Event),
            };

        private static UserId? UserOf(in RawInteraction raw) => UserId.TryParse(raw.UserId);

        private AppendedInteractions Summary(
            List<Interaction> accepted,
            IReadOnlyList<AppendOutcome> outcomes,
            IReadOnlyList<QuarantinedRecord> rejected,
            AppendedEvent[] events,
            Dictionary<int, RecommendationIdProblem> idProblems
        )
        {
            var duplicates = 0;
            DateTimeOffset? newest = null;
            var next = 0;
            var unnamed = new UnnamedTypes();
            for (var i = 0; i < accepted.Count; i++)
            {
                while (events[next].Rejection is not null)
                    next++;
                events[next] = new AppendedEvent(
                    outcomes[i].Position,
                    Rejection: null,
                    accepted[i].EventId,
                    outcomes[i].IsDuplicate,
                    idProblems.TryGetValue(next, out var idProblem) ? idProblem : null
                );
                next++;
                if (outcomes[i].IsDuplicate)
                    duplicates++;
                else if (!types.IsKnown(accepted[i].Type))
                    unnamed.Add(accepted[i].Type);
                if (newest is null || accepted[i].OccurredAt > newest)
                    newest = accepted[i].OccurredAt;
            }
            if (duplicates > 0)
                Telemetry.RecordsDuplicated.Add(duplicates);
            return new AppendedInteractions(accepted.Count - duplicates, duplicates, rejected, newest)
            {
                Events = events,
                Unnamed = unnamed,
                IdProblems = idProblems.Values
                    .GroupBy(problem => problem)
                    .ToDictionary(group => group.Key, group => (long)group.Count()),
            };
        }
    }
}

/// <summary>What became of the events.</summary>
/// <param name="Appended">New in the log.</param>
/// <param name="Duplicates">Valid, but the log already held their event id.</param>
/// <param name="Rejected">Put into quarantine.</param>
/// <param name="Newest">The latest time of a valid event, new or duplicate; null where there was none.</param>
public sealed record AppendedInteractions(
    int Appended,
    int Duplicates,
    IReadOnlyList<QuarantinedRecord> Rejected,
    DateTimeOffset? Newest
)
{
    /// <summary>What became of each event, in the order of the request.</summary>
    public IReadOnlyList<AppendedEvent> Events { get; init; } = [];

    /// <summary>The new interactions of types that the settings do not name.</summary>
    public UnnamedTypes Unnamed { get; init; } = new();

    /// <summary>Why recommendation ids of valid events do not count, and how many.</summary>
    public IReadOnlyDictionary<RecommendationIdProblem, long> IdProblems { get; init; } =
        new Dictionary<RecommendationIdProblem, long>();
}

/// <summary>What became of one event.</summary>
/// <param name="Position">Where the log holds it; unassigned where it does not, or does not say.</param>
/// <param name="Rejection">Why it went to quarantine; null where it is valid.</param>
/// <param name="EventId">Its id, its own or the one it was given; null where it was rejected.</param>
/// <param name="IsDuplicate">Whether the log held the user's event of that id already.</param>
/// <param name="IdProblem">Why it counts without its recommendation id; null where that is right, or absent.</param>
public readonly record struct AppendedEvent(
    Position Position,
    Rejection? Rejection,
    EventId? EventId = null,
    bool IsDuplicate = false,
    RecommendationIdProblem? IdProblem = null
);
