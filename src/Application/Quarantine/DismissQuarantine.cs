using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>
/// Dismisses rejected records that are not to be sent again: they are not listed and not redriven any more, and stay
/// where an erasure finds them. Records are named, or chosen by reason or age.
/// </summary>
/// <param name="Positions">Which records; null to choose them by the other parameters.</param>
public sealed record DismissQuarantine(IReadOnlySet<Position>? Positions = null) : IRequest<DismissedQuarantine>
{
    /// <summary>Only records that were rejected for this; null for any reason.</summary>
    public RejectionCode? Reason { get; init; }

    /// <summary>Only records that arrived longer ago than this; null for any age.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Whether to count the records only.</summary>
    public bool DryRun { get; init; }

    /// <summary>An age in days; one that is out of range stays out of range, and is refused.</summary>
    public static TimeSpan? AgeOf(int? days) =>
        days is { } given ? TimeSpan.FromDays(Math.Clamp(given, -1, 36_501)) : null;

    internal sealed class Validator : AbstractValidator<DismissQuarantine>
    {
        public Validator()
        {
            RuleFor(request => request)
                .Must(request => request is not { Positions: null, Reason: null, OlderThan: null })
                .WithMessage("Name the records to dismiss, or a reason or an age.");
            RuleFor(request => request.Reason)
                .Must(reason => reason is not { } code || RejectionCode.All.Contains(code))
                .WithMessage(request =>
                    $"There is no reason '{request.Reason}'; there are: {string.Join(", ", RejectionCode.All)}."
                );
            RuleFor(request => request.OlderThan)
                .Must(age => age is not { } given || (given >= TimeSpan.Zero && given <= TimeSpan.FromDays(36_500)))
                .WithMessage("The age must be 0–36,500 days.");
        }
    }

    internal sealed class Handler(IQuarantine quarantine, TimeProvider time)
        : IRequestHandler<DismissQuarantine, DismissedQuarantine>
    {
        private const int ChunkSize = 500;

        public async Task<DismissedQuarantine> Handle(
            DismissQuarantine request,
            CancellationToken cancellationToken
        )
        {
            var now = time.GetUtcNow();
            // All are listed before any is marked: a store need not list steadily while it changes.
            var chosen = await quarantine
                .ListAsync(includeSettled: false, cancellationToken)
                .Where(record => IsChosen(request, record, now))
                .Select(record => record.Position)
                .ToListAsync(cancellationToken);
            if (request.DryRun)
                return new DismissedQuarantine(chosen.Count);
            foreach (var positions in chosen.Chunk(ChunkSize))
                await quarantine.MarkAsync(positions, QuarantineEnd.Dismissed, now, cancellationToken);
            return new DismissedQuarantine(chosen.Count);
        }

        private static bool IsChosen(DismissQuarantine request, QuarantinedRecord record, DateTimeOffset now) =>
            (request.Positions is null || request.Positions.Contains(record.Position))
            && (request.Reason is not { } reason || record.Rejection.Code == reason)
            && (request.OlderThan is not { } age || record.ArrivedAt < now - age);
    }
}

/// <summary>What was dismissed.</summary>
/// <param name="Records">How many records were open, and are dismissed now.</param>
public sealed record DismissedQuarantine(int Records);
