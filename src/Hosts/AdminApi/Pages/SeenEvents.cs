using MediatR;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Interactions;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Pages;

/// <summary>
/// The events and impressions of a page that may be appended. What is not valid is counted and not kept: a key that
/// everybody can read must not fill the quarantine.
/// </summary>
internal sealed class SeenEvents
{
    private const int MaximumEvents = 100;
    private const int MaximumLists = 100;
    private const int MaximumItems = 1_000;
    private const long MaximumAgo = 24 * 60 * 60 * 1000;

    /// <summary>What a page may say. Purchases and refunds are money: the shop's server sends them.</summary>
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        InteractionType.View.Value,
        InteractionType.Click.Value,
        InteractionType.AddToCart.Value,
        InteractionType.RemoveFromCart.Value,
        InteractionType.Like.Value,
        InteractionType.Dislike.Value,
    };

    private readonly List<IncomingEvent> _events = [];
    private readonly List<SeenList> _lists = [];
    private readonly Position _source;
    private int _rejected;

    private SeenEvents(UserId user) => _source = new Position($"browser:{user}", SequenceNumber.From(0));

    internal static SeenEvents Of(SeenBody body, UserId user, DateTimeOffset now)
    {
        var (events, impressions) = (body.Events ?? [], body.Impressions ?? []);
        if (events.Count > MaximumEvents || impressions.Count > MaximumLists)
            throw ApiProblem.Wrong($"Send at most {MaximumEvents} events and {MaximumLists} impressions at once.");
        if (events.Count + impressions.Count == 0)
            throw ApiProblem.Wrong("The body holds no events and no impressions.");
        if (impressions.Sum(one => one?.Items?.Count ?? 0) > MaximumItems)
            throw ApiProblem.Wrong($"Send the impressions of at most {MaximumItems} items at once.");
        var seen = new SeenEvents(user);
        foreach (var one in events)
            seen.Add(one, user, now);
        foreach (var one in impressions)
            seen.Add(one, user, now);
        return seen;
    }

    internal async Task<SeenDocument> AppendAsync(IMediator mediator, CancellationToken cancellationToken)
    {
        var (accepted, duplicates) = (0, 0);
        if (_events.Count > 0)
            Count(await mediator.Send(new AppendInteractions([.. _events]), cancellationToken));
        if (_lists.Count > 0)
            Count(await mediator.Send(new AppendImpressions(_lists, _source), cancellationToken));
        return new SeenDocument(accepted, duplicates, _rejected);

        void Count(AppendedInteractions appended)
        {
            accepted += appended.Appended;
            duplicates += appended.Duplicates;
            _rejected += appended.Rejected.Count;
        }
    }

    private void Add(SeenEvent? one, UserId user, DateTimeOffset now)
    {
        if (
            one is null || !s_types.Contains(one.Type) || !IsTime(one.Ago) || ItemId.TryParse(one.ItemId) is null
            || EventId.TryParse(one.EventId) is null
        )
        {
            _rejected++;
            return;
        }
        _events.Add(new IncomingEvent
        {
            Event = new RawInteraction
            {
                EventId = one.EventId,
                UserId = user.Value,
                ItemId = one.ItemId,
                InteractionType = one.Type,
                RecommendationId = one.RecommendationId,
                Timestamp = At(one.Ago, now),
            },
            Source = _source with { Index = _events.Count },
        });
    }

    private void Add(SeenItems? one, UserId user, DateTimeOffset now)
    {
        if (one is null || !IsTime(one.Ago))
        {
            _rejected += one?.Items.Count ?? 1;
            return;
        }
        List<string> items = [.. one.Items.Where(id => ItemId.TryParse(id) is not null)];
        _rejected += one.Items.Count - items.Count;
        if (items.Count > 0)
            _lists.Add(new SeenList(one.RecommendationId, user.Value, [.. items], At(one.Ago, now)));
    }

    private static bool IsTime(long ago) => ago is >= 0 and <= MaximumAgo;

    private static string At(long ago, DateTimeOffset now) => Timestamps.Format(now.AddMilliseconds(-ago));
}
