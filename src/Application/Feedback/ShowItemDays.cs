using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Feedback;

/// <summary>What lists led to with one item, day by day. The log is counted first.</summary>
/// <param name="Item">The item.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="Through">The last day.</param>
public sealed record ShowItemDays(ItemId Item, DateOnly From, DateOnly Through) : IRequest<ItemDays>
{
    internal sealed class Validator : AbstractValidator<ShowItemDays>
    {
        public Validator()
        {
            RuleFor(request => request.Through).GreaterThanOrEqualTo(request => request.From)
                .WithMessage("The last day is before the first one: give from and to in this order.");
            RuleFor(request => request.Through.DayNumber - request.From.DayNumber).LessThan(ShowMetrics.MaximumDays)
                .WithMessage($"Ask for at most {ShowMetrics.MaximumDays} days at once.");
        }
    }

    internal sealed class Handler(IMediator mediator, IEnumerable<IFeedbackCounts> counts)
        : IRequestHandler<ShowItemDays, ItemDays>
    {
        public async Task<ItemDays> Handle(ShowItemDays request, CancellationToken cancellationToken)
        {
            await mediator.Send(new CountFeedback(), cancellationToken);
            var days = new SortedDictionary<DateOnly, ItemFigures>();
            await foreach (var one in counts.Last().ReadItemAsync(
                request.Item, request.From, request.Through, cancellationToken))
            {
                if (!days.TryGetValue(one.Key.Day, out var known))
                    days.Add(one.Key.Day, known = new ItemFigures());
                known.Add(one.Key, one.Sum);
            }
            return new ItemDays(request.Item, request.From, request.Through, days);
        }
    }
}

/// <summary>An item day by day.</summary>
/// <param name="Days">The days that have something, oldest first.</param>
public sealed record ItemDays(
    ItemId Item, DateOnly From, DateOnly Through, IReadOnlyDictionary<DateOnly, ItemFigures> Days);

/// <summary>What lists led to with an item, day by day.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="Days">The days that have something, oldest first.</param>
public sealed record ItemDaysDocument(string ItemId, string From, string To, IReadOnlyList<ItemDayDocument> Days)
{
    public static ItemDaysDocument Of(ItemDays days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return new(
            days.Item.Value, MetricsDocument.DayText(days.From), MetricsDocument.DayText(days.Through),
            [.. days.Days.OrderBy(one => one.Key).Select(one => new ItemDayDocument(
                MetricsDocument.DayText(one.Key), ItemFiguresDocument.Of(one.Value)))]);
    }
}

/// <summary>A day.</summary>
public sealed record ItemDayDocument(string Day, ItemFiguresDocument Figures);
