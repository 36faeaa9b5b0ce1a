using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Feedback;

/// <summary>
/// Counts what the log holds beyond what is counted: impressions, clicks and conversions, attributed to lists. It can
/// be stopped at any point and goes on from there. The figures equal an independent count of the whole log. Where a job
/// derives them (<see cref="DeriveFeedback"/>), nothing is counted unless everything is to be counted anew.
/// </summary>
/// <param name="Rebuild">Whether to count the whole log anew; the sums of erased users stay.</param>
public sealed record CountFeedback(bool Rebuild = false) : IRequest<CountedFeedback>
{
    internal const string NotHere =
        "This platform keeps no figures of feedback, so it has no metrics and no experiments.";

    internal sealed class Handler(
        IInteractionLog log,
        IProfileStore profiles,
        IEnumerable<IFeedbackStore> stores,
        IEnumerable<IDerivedFeedback> derived,
        RecommendationIds ids,
        EventTypeSettings types,
        RecommendationOptions options,
        IMediator mediator,
        TimeProvider time
    ) : IRequestHandler<CountFeedback, CountedFeedback>
    {
        private const int BatchSize = 16_384;

        public async Task<CountedFeedback> Handle(CountFeedback request, CancellationToken cancellationToken)
        {
            if (stores.LastOrDefault() is not { } store)
                return await DerivedAsync(request.Rebuild, cancellationToken);
            var settings = FeedbackSettings.Stamp(types, options.AttributionWindow);
            var progress = await store.ProgressAsync(cancellationToken);
            if (request.Rebuild || !string.Equals(progress.Settings, settings, StringComparison.Ordinal))
                await store.ResetAsync(settings, options.AttributionWindow, cancellationToken);
            // Each round begins after what is saved: it reads again what another process counted, or an erasure
            // changed.
            for (var counted = 0L; ;)
            {
                var now = time.GetUtcNow();
                progress = await store.ProgressAsync(cancellationToken);
                await foreach (var batch in log.ReadAsync(progress.Through, cancellationToken)
                    .ChunkAsync(BatchSize, cancellationToken))
                {
                    var events = await EventsAsync(batch, cancellationToken);
                    var change = await ChangeAsync(store, progress, batch[^1].Position, events, cancellationToken);
                    if (!await store.SaveAsync(change, cancellationToken))
                        break;
                    counted += events.Count;
                    progress = progress with { Through = change.Through };
                }
                var reached = await store.ProgressAsync(cancellationToken);
                if (reached == progress)
                    return new CountedFeedback(counted, now);
            }
        }

        /// <summary>What a job derived so far.</summary>
        private async Task<CountedFeedback> DerivedAsync(bool isRebuild, CancellationToken cancellationToken)
        {
            var outputs = derived.LastOrDefault() ?? throw RefusedException.Unsupported(NotHere);
            if (isRebuild)
                await mediator.Send(new DeriveFeedback(Rebuild: true), cancellationToken);
            return new CountedFeedback(0, (await outputs.ProgressAsync(cancellationToken)).CountedThrough);
        }

        /// <summary>What counts of a batch, without what an erasure covers.</summary>
        private async Task<List<FeedbackEvent>> EventsAsync(
            IReadOnlyList<Interaction> batch, CancellationToken cancellationToken)
        {
            var key = await ids.KeyAsync(cancellationToken);
            var relevant = batch.Where(one => FeedbackEvent.Of(one, types, key: null) is not null).ToAsyncEnumerable();
            return await relevant
                .WithoutErasedAsync(profiles, cancellationToken)
                .Select(one => FeedbackEvent.Of(one, types, key)!)
                .ToListAsync(cancellationToken);
        }

        private async Task<FeedbackChange> ChangeAsync(
            IFeedbackStore store, FeedbackProgress progress, Position through, List<FeedbackEvent> events,
            CancellationToken cancellationToken)
        {
            var pairs = events.ToLookup(one => new FeedbackPair(one.User, one.Item));
            var seen = events
                .Where(one => one is { Kind: FeedbackKind.Impression, List: not null })
                .DistinctBy(one => new SeenListId(one.User, one.List!.Value))
                .ToDictionary(one => new SeenListId(one.User, one.List!.Value), one => one.Position);
            var known = await store.LoadAsync([.. pairs.Select(pair => pair.Key)], seen.Keys, cancellationToken);
            var before = known.Events.ToLookup(one => new FeedbackPair(one.User, one.Item));
            var sums = new FeedbackSums();
            foreach (var pair in pairs)
            {
                sums.Add(pair.Key, before[pair.Key].Concat(pair), options.AttributionWindow, sign: 1);
                sums.Add(pair.Key, before[pair.Key], options.AttributionWindow, sign: -1);
            }
            var lists = seen.Where(one => !known.Lists.Contains(one.Key)).ToList();
            foreach (var (list, _) in lists)
                sums.Add(list);
            return new FeedbackChange(
                progress, through, events, [.. lists.Select(one => (one.Key, one.Value))], sums.Users, sums.Items);
        }
    }
}

/// <summary>What is counted.</summary>
/// <param name="Events">How many events were counted by this call.</param>
/// <param name="Through">What arrived before is counted; null if that can't be said yet.</param>
public sealed record CountedFeedback(long Events, DateTimeOffset? Through);
