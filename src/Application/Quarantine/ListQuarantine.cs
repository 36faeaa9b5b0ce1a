using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>The rejected records, newest arrival first unless asked otherwise.</summary>
/// <param name="Limit">How many to give at most; 1–10,000.</param>
/// <param name="IncludeSettled">Whether to give those that were redriven or dismissed as well.</param>
/// <param name="After">The last record of the page before; null for the first page.</param>
public sealed record ListQuarantine(int Limit = 100, bool IncludeSettled = false, QuarantinePlace? After = null)
    : IRequest<ListedQuarantine>
{
    /// <summary>Only records that were rejected for this; null for all.</summary>
    public RejectionCode? Reason { get; init; }

    /// <summary>Whether the oldest arrival is the first.</summary>
    public bool OldestFirst { get; init; }

    internal sealed class Validator : AbstractValidator<ListQuarantine>
    {
        public Validator()
        {
            RuleFor(request => request.Limit).InclusiveBetween(1, 10_000).WithMessage("Ask for 1–10,000 records.");
            RuleFor(request => request.Reason)
                .Must(reason => reason is not { } code || RejectionCode.All.Contains(code))
                .WithMessage(request =>
                    $"There is no reason '{request.Reason}'; there are: {string.Join(", ", RejectionCode.All)}."
                );
        }
    }

    internal sealed class Handler(IQuarantine quarantine) : IRequestHandler<ListQuarantine, ListedQuarantine>
    {
        public async Task<ListedQuarantine> Handle(ListQuarantine request, CancellationToken cancellationToken)
        {
            var records = new List<QuarantinedRecord>();
            await foreach (
                var record in request.OldestFirst
                    ? Oldest(request, cancellationToken)
                    : Newest(request, cancellationToken)
            )
            {
                if (records.Count == request.Limit)
                    return new ListedQuarantine(records, More: true);
                records.Add(record);
            }
            return new ListedQuarantine(records, More: false);
        }

        private IAsyncEnumerable<QuarantinedRecord> Newest(
            ListQuarantine request,
            CancellationToken cancellationToken
        ) =>
            quarantine.NewestAsync(
                new QuarantineSearch(request.IncludeSettled, request.After, request.Reason),
                cancellationToken
            );

        private IAsyncEnumerable<QuarantinedRecord> Oldest(ListQuarantine request, CancellationToken cancellationToken)
        {
            var search = new QuarantineSearch(request.IncludeSettled, Reason: request.Reason);
            return quarantine
                .ListAsync(request.IncludeSettled, cancellationToken)
                .Where(record =>
                    search.Includes(record)
                    && !(request.After is { } after && QuarantinePlace.Of(record).CompareTo(after) <= 0)
                );
        }
    }
}

/// <summary>Some of the rejected records.</summary>
/// <param name="More">Whether there are more than were asked for.</param>
public sealed record ListedQuarantine(IReadOnlyList<QuarantinedRecord> Records, bool More);

/// <summary>A place in the list of rejected records: by arrival, then position.</summary>
public readonly record struct QuarantinePlace(DateTimeOffset ArrivedAt, Position Position)
    : IComparable<QuarantinePlace>
{
    public static QuarantinePlace Of(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(record.ArrivedAt, record.Position);
    }

    public int CompareTo(QuarantinePlace other)
    {
        var order = ArrivedAt.UtcTicks.CompareTo(other.ArrivedAt.UtcTicks);
        if (order == 0)
            order = string.CompareOrdinal(Position.Partition, other.Position.Partition);
        return order == 0 ? Position.CompareWithin(other.Position) : order;
    }
}
