using FluentValidation;
using MediatR;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Appends impressions: which items of lists were on screen. They are events of the type <c>impression</c>, which count
/// in metrics and nowhere else. An item of a list counts once, however often it is sent.
/// </summary>
/// <param name="Lists">What was on screen, list by list.</param>
/// <param name="Source">What names the request: for the quarantine, and for events without a list.</param>
/// <param name="RequestKey">
/// What the caller repeats if it sends the request again; null for none. Impressions without a recommendation id are
/// then known by it.
/// </param>
public sealed record AppendImpressions(
    IReadOnlyList<SeenList> Lists, Position Source, string? RequestKey = null) : IRequest<AppendedInteractions>
{
    /// <summary>How many lists one request may hold.</summary>
    public const int MaximumLists = 100;

    /// <summary>How many items all lists of a request may have.</summary>
    public const int MaximumItems = 5_000;

    internal sealed class Validator : AbstractValidator<AppendImpressions>
    {
        public Validator()
        {
            RuleFor(request => request.Lists.Count).InclusiveBetween(1, MaximumLists)
                .WithMessage($"Send the impressions of 1–{MaximumLists} lists at once.");
            RuleFor(request => request.Lists.Sum(list => list.Items.Count)).InclusiveBetween(1, MaximumItems)
                .WithMessage($"Send 1–{MaximumItems} items at once, in all lists together.");
        }
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<AppendImpressions, AppendedInteractions>
    {
        public Task<AppendedInteractions> Handle(AppendImpressions request, CancellationToken cancellationToken)
        {
            var events = request.Lists
                .SelectMany(list => list.Items.Select(item => (list, item)))
                .Select((seen, index) => ToEvent(request, seen.list, seen.item, index));
            return mediator.Send(new AppendInteractions([.. events]), cancellationToken);
        }

        private static IncomingEvent ToEvent(AppendImpressions request, SeenList list, string? item, int index) =>
            new()
            {
                Event = new RawInteraction
                {
                    UserId = list.UserId,
                    ItemId = item,
                    InteractionType = InteractionType.Impression.Value,
                    Timestamp = list.Timestamp,
                    RecommendationId = list.RecommendationId,
                    EventId = list.RecommendationId is null && request.RequestKey is { } key ? $"request:{key}:{index}"
                        : null,
                },
                Source = request.Source with { Index = index },
            };
    }
}

/// <summary>Items that a user saw, as the caller sent them.</summary>
/// <param name="RecommendationId">The id of the list; null for items that were on screen without one.</param>
/// <param name="UserId">Who saw them.</param>
/// <param name="Items">The items.</param>
/// <param name="Timestamp">When, as in events; null for now.</param>
public sealed record SeenList(
    string? RecommendationId, string? UserId, IReadOnlyList<string?> Items, string? Timestamp = null);
