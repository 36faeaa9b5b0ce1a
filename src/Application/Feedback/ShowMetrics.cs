using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Feedback;

/// <summary>
/// The figures of some days, told apart by some dimensions. The log is counted to its end first, so they are exact.
/// </summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="Through">The last day.</param>
/// <param name="By">What to tell apart; empty for one row over all.</param>
/// <param name="Segment">An attribute of users whose values are told apart, too; null for none.</param>
public sealed record ShowMetrics(
    DateOnly From, DateOnly Through, IReadOnlyList<MetricDimension> By, string? Segment = null)
    : IRequest<MetricTable>
{
    /// <summary>How many values of an attribute are told apart at most.</summary>
    public const int MaximumSegments = 1000;

    /// <summary>How many days are shown if nothing is said.</summary>
    public const int DefaultDays = 28;

    internal const int MaximumDays = 3660;

    internal sealed class Validator : AbstractValidator<ShowMetrics>
    {
        public Validator()
        {
            RuleFor(request => request.Through).GreaterThanOrEqualTo(request => request.From)
                .WithMessage("The last day is before the first one: give from and to in this order.");
            RuleFor(request => request.Through.DayNumber - request.From.DayNumber).LessThan(MaximumDays)
                .WithMessage($"Ask for at most {MaximumDays} days at once.");
            RuleFor(request => request.By).Must(by => by.Distinct().Count() == by.Count)
                .WithMessage("A dimension is given twice.");
            RuleFor(request => request.Segment).Must(name => name is null || ItemRules.IsName(name))
                .WithMessage("The segment is the name of an attribute of users, such as country.");
        }
    }

    internal sealed class Handler(
        IMediator mediator,
        IEnumerable<IFeedbackCounts> counts,
        IEnumerable<IListConfigurations> configurations,
        IUserAttributes attributes,
        IModelStore models
    ) : IRequestHandler<ShowMetrics, MetricTable>
    {
        public async Task<MetricTable> Handle(ShowMetrics request, CancellationToken cancellationToken)
        {
            var counted = await mediator.Send(new CountFeedback(), cancellationToken);
            var known = await configurations.Last().ListAsync(cancellationToken);
            var groups = new MetricGroups(request.By, known, request.Segment is not null);
            await AddUsersAsync(groups, request, cancellationToken);
            var exposures = request.Segment is null ? await AddItemsAsync(groups, request, cancellationToken) : null;
            return new MetricTable(
                request.From, request.Through, request.By,
                groups.ToRows(exposures, await ModelItemsAsync(cancellationToken)))
            {
                CountedThrough = counted.Through,
                Segment = request.Segment,
            };
        }

        private async Task AddUsersAsync(MetricGroups groups, ShowMetrics request, CancellationToken cancellationToken)
        {
            UserId? user = null;
            string? segment = null;
            var ofUser = new HashSet<MetricSums>();
            await foreach (var one in counts.Last().ReadUsersAsync(request.From, request.Through, cancellationToken))
            {
                if (one.User != user)
                {
                    End(ofUser);
                    segment = request.Segment is { } name && one.User is { } owner
                        ? SegmentText.Of((await attributes.FindAsync(owner, cancellationToken)).GetValueOrDefault(name))
                        : null;
                }
                user = one.User;
                var sums = groups.Of(one.Key, segment);
                sums.Add(one.Key, one.Sum, isOfUser: user is not null);
                ofUser.Add(sums);
            }
            End(ofUser);
        }

        private async Task<Dictionary<ItemId, long>> AddItemsAsync(
            MetricGroups groups, ShowMetrics request, CancellationToken cancellationToken)
        {
            var exposures = new Dictionary<ItemId, long>();
            await foreach (var one in counts.Last().ReadItemsAsync(request.From, request.Through, cancellationToken))
            {
                if (one.Key.Kind != FeedbackKind.Impression)
                    continue;
                groups.Of(one.Key).Add(one.Item, one.Sum.Count);
                exposures[one.Item] = exposures.GetValueOrDefault(one.Item) + one.Sum.Count;
            }
            return exposures;
        }

        private async Task<int?> ModelItemsAsync(CancellationToken cancellationToken)
        {
            var current = await models.CurrentAsync(cancellationToken);
            var all = await models.ListAsync(cancellationToken);
            return all.FirstOrDefault(model => model.Version == current.Version)?.Items;
        }

        private static void End(HashSet<MetricSums> ofUser)
        {
            foreach (var sums in ofUser)
                sums.EndUser();
            ofUser.Clear();
        }
    }
}

/// <summary>Figures of some days.</summary>
/// <param name="By">The dimensions of the rows' groups.</param>
/// <param name="Rows">In the order of their groups.</param>
public sealed record MetricTable(
    DateOnly From, DateOnly Through, IReadOnlyList<MetricDimension> By, IReadOnlyList<MetricRow> Rows)
{
    /// <summary>What arrived before is counted; null if that can't be said yet.</summary>
    public DateTimeOffset? CountedThrough { get; init; }

    /// <summary>
    /// Whether the days are over and all that arrived in them is counted. Events that arrive later are counted as well.
    /// </summary>
    public bool IsFinal =>
        CountedThrough >= new DateTimeOffset(Through.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1);

    /// <summary>The attribute of users whose value comes last in each group; null for none.</summary>
    public string? Segment { get; init; }
}

/// <summary>The groups of a table while it is added up.</summary>
internal sealed class MetricGroups(
    IReadOnlyList<MetricDimension> by, IReadOnlyDictionary<uint, ListConfiguration> configurations, bool hasSegments)
{
    private readonly Dictionary<(FeedbackKey, string?), MetricSums> _byKey = [];
    private readonly HashSet<string> _segments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string?[] Group, MetricSums Sums)> _groups = new(StringComparer.Ordinal);

    internal MetricSums Of(in FeedbackKey key, string? segment = null)
    {
        if (_byKey.TryGetValue((key, segment), out var known))
            return known;
        if (segment is not null && _segments.Add(segment) && _segments.Count > ShowMetrics.MaximumSegments)
            throw new RefusedException(
                $"The attribute has more than {ShowMetrics.MaximumSegments} values; choose one that divides the users "
                    + "into fewer segments.");
        var configuration = configurations.GetValueOrDefault(key.Configuration);
        var group = new string?[by.Count + (hasSegments ? 1 : 0)];
        for (var i = 0; i < by.Count; i++)
            group[i] = by[i].ValueOf(key, configuration);
        if (hasSegments)
            group[^1] = segment;
        // What has no value comes last.
        var name = string.Join('\0', group.Select(value => value ?? "\uffff"));
        if (!_groups.TryGetValue(name, out var found))
            _groups.Add(name, found = (group, new MetricSums()));
        return _byKey[(key, segment)] = found.Sums;
    }

    /// <param name="exposures">How often each item was on screen; null if items were not added.</param>
    /// <param name="modelItems">How many items the current model has; null without a model.</param>
    internal IReadOnlyList<MetricRow> ToRows(IReadOnlyDictionary<ItemId, long>? exposures, int? modelItems) =>
    [
        .. _groups.Values.Select(one => one.Sums.ToRow(
            one.Group, exposures ?? new Dictionary<ItemId, long>(), modelItems, exposures is not null)),
    ];
}
