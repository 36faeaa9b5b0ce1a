using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Feedback;

/// <summary>The items that lists led to most, or that they led to nothing with. The log is counted first.</summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="Through">The last day.</param>
/// <param name="Order">Which items, and in what order.</param>
/// <param name="Count">How many at most.</param>
public sealed record ShowItemMetrics(DateOnly From, DateOnly Through, ItemMetricOrder Order, int Count)
    : IRequest<ItemMetricTable>
{
    /// <summary>How many items are given if nothing is said.</summary>
    public const int DefaultCount = 10;

    /// <summary>How many items are given at most.</summary>
    public const int MaximumCount = 100;

    internal sealed class Validator : AbstractValidator<ShowItemMetrics>
    {
        public Validator()
        {
            RuleFor(request => request.Through).GreaterThanOrEqualTo(request => request.From)
                .WithMessage("The last day is before the first one: give from and to in this order.");
            RuleFor(request => request.Through.DayNumber - request.From.DayNumber).LessThan(ShowMetrics.MaximumDays)
                .WithMessage($"Ask for at most {ShowMetrics.MaximumDays} days at once.");
            RuleFor(request => request.Count).InclusiveBetween(1, MaximumCount)
                .WithMessage($"Ask for 1–{MaximumCount} items at once.");
        }
    }

    internal sealed class Handler(
        IMediator mediator, IEnumerable<IFeedbackCounts> counts, IEnumerable<IItemPages> pages, IItemCatalog catalog,
        TimeProvider time)
        : IRequestHandler<ShowItemMetrics, ItemMetricTable>
    {
        private const int PageSize = 1000;

        public async Task<ItemMetricTable> Handle(ShowItemMetrics request, CancellationToken cancellationToken)
        {
            await mediator.Send(new CountFeedback(), cancellationToken);
            var figures = new Dictionary<ItemId, ItemFigures>();
            await foreach (var one in counts.Last().ReadItemsAsync(request.From, request.Through, cancellationToken))
            {
                if (!figures.TryGetValue(one.Item, out var known))
                    figures.Add(one.Item, known = new ItemFigures());
                known.Add(one.Key, one.Sum);
            }
            var rows = request.Order == ItemMetricOrder.Unseen
                ? await UnseenAsync(figures, request.Count, cancellationToken)
                : Sorted(figures, request.Order).Take(request.Count).ToList();
            var titles = rows.Count == 0
                ? new Dictionary<ItemId, CatalogItem>()
                : await catalog.FindAsync([.. rows.Select(one => one.Item)], cancellationToken);
            return new ItemMetricTable(
                request.From, request.Through,
                [.. rows.Select(one => one with { Title = titles.GetValueOrDefault(one.Item)?.Title })]);
        }

        private static IEnumerable<ItemMetricRow> Sorted(
            Dictionary<ItemId, ItemFigures> figures, ItemMetricOrder order)
        {
            var rows = figures.Select(one => new ItemMetricRow(one.Key, one.Value));
            var sorted = order switch
            {
                ItemMetricOrder.Conversions => rows.Where(one => one.Figures.Conversions > 0)
                    .OrderByDescending(one => one.Figures.Conversions).ThenByDescending(one => one.Figures.Clicks),
                ItemMetricOrder.Clicks => rows.Where(one => one.Figures.Clicks > 0)
                    .OrderByDescending(one => one.Figures.Clicks).ThenByDescending(one => one.Figures.Conversions),
                ItemMetricOrder.Impressions => rows.Where(one => one.Figures.Impressions > 0)
                    .OrderByDescending(one => one.Figures.Impressions),
                _ => rows
                    .Where(one => one.Figures is { Impressions: > 0, Clicks: 0, Conversions: 0 })
                    .OrderByDescending(one => one.Figures.Impressions),
            };
            return sorted.ThenBy(one => one.Item.Value, StringComparer.Ordinal);
        }

        /// <summary>Reads the catalogue until enough are found; what may not be recommended now is left out.</summary>
        private async Task<List<ItemMetricRow>> UnseenAsync(
            Dictionary<ItemId, ItemFigures> figures, int count, CancellationToken cancellationToken)
        {
            var catalogue = pages.LastOrDefault() ?? throw RefusedException.Unsupported(
                "The catalogue can't be listed on AWS; ask for another order than unseen.");
            var (found, now) = (new List<ItemMetricRow>(), time.GetUtcNow());
            for (ItemId? after = null; ;)
            {
                var page = await catalogue.ReadOnAsync(after, PageSize, cancellationToken);
                foreach (var item in page.Where(item => item.IsRecommendable(now)))
                {
                    var known = figures.GetValueOrDefault(item.ItemId) ?? new ItemFigures();
                    if (known.Impressions > 0)
                        continue;
                    found.Add(new ItemMetricRow(item.ItemId, known));
                    if (found.Count == count)
                        return found;
                }
                if (page.Count == 0)
                    return found;
                after = page[^1].ItemId;
            }
        }
    }
}

/// <summary>Which items are given, and in what order. Ties are ordered by id.</summary>
public enum ItemMetricOrder
{
    /// <summary>Items that were converted on from lists, the most first.</summary>
    Conversions,

    /// <summary>Items that were clicked in lists, the most first.</summary>
    Clicks,

    /// <summary>Items that lists had on screen, the most first.</summary>
    Impressions,

    /// <summary>Items that lists had on screen without a click or a conversion, the most first.</summary>
    Unclicked,

    /// <summary>Available items of the catalogue that no list had on screen, in the order of the catalogue.</summary>
    Unseen,
}

/// <summary>Items and what lists led to with them.</summary>
public sealed record ItemMetricTable(DateOnly From, DateOnly Through, IReadOnlyList<ItemMetricRow> Rows);

/// <summary>An item.</summary>
/// <param name="Title">Null where the catalogue has none.</param>
public sealed record ItemMetricRow(ItemId Item, ItemFigures Figures, string? Title = null);

/// <summary>Items and what lists led to with them.</summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="Items">The items.</param>
public sealed record ItemMetricsDocument(string From, string To, IReadOnlyList<ItemMetricDocument> Items)
{
    public static ItemMetricsDocument Of(ItemMetricTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(
            MetricsDocument.DayText(table.From), MetricsDocument.DayText(table.Through),
            [.. table.Rows.Select(one => new ItemMetricDocument(
                one.Item.Value, one.Title, ItemFiguresDocument.Of(one.Figures)))]);
    }
}

/// <summary>An item and what lists led to with it.</summary>
public sealed record ItemMetricDocument(string ItemId, string? Title, ItemFiguresDocument Figures);
