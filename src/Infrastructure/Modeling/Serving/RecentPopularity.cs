using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// The popular items before there is a model, counted as in <see cref="Popularity"/>: by users, each with a limited
/// weight. Interactions after the present time are left out. The log is read again when the result has expired; other
/// callers get the previous result in the meantime.
/// </summary>
internal sealed class RecentPopularity(
    IInteractionLog log,
    EventTypeSettings types,
    IOptions<ModelRankerOptions> options,
    TimeProvider clock
) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Counted? _counted;

    /// <exception cref="RankerUnavailableException">The log cannot be read, and no result is known.</exception>
    public async Task<PopularItems> GetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = _counted;
        if (before is not null && before.Until <= now && (IsFresh(before) || _gate.CurrentCount == 0))
            return before.Items;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_counted is { } counted && counted.Until <= now && IsFresh(counted))
                return counted.Items;
            var items = await CountAsync(now, cancellationToken);
            _counted = new(items, now, clock.GetTimestamp());
            return items;
        }
        catch (Exception exception) when (exception is UnavailableException or StoredFormatException)
        {
            return before?.Items
                ?? throw new RankerUnavailableException(
                    $"There is no model yet, and the popular items can't be counted. {exception.Message}",
                    exception
                );
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>A new shop's first events show soon: an empty result is believed for a sixtieth of the time.</summary>
    private bool IsFresh(Counted counted) => clock.GetElapsedTime(counted.At)
        < (counted.Items.Items.Count > 0 ? options.Value.PopularAge : options.Value.PopularAge / 60);

    private async Task<PopularItems> CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var feedback = new Dictionary<(ItemId Item, UserId User), ItemFeedback>();
        await foreach (var one in log.ReadAsync(after: null, cancellationToken))
        {
            if (one.OccurredAt > now)
                continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                feedback,
                (one.ItemId, one.UserId),
                out var exists
            );
            if (!exists)
                known = new ItemFeedback();
            known.Add((float)types.WeightOf(one.Type, one.Value), one.OccurredAt.ToUnixTimeMilliseconds());
        }
        var (halfLife, until) = (options.Value.PopularHalfLife.TotalDays, now.ToUnixTimeMilliseconds());
        var sums = new Dictionary<ItemId, double>();
        // In a fixed order: a sum of floating-point numbers depends on it.
        foreach (
            var (key, one) in feedback
                .Where(pair => pair.Value.Weight != 0)
                .OrderBy(pair => pair.Key.Item)
                .ThenBy(pair => pair.Key.User)
        )
            sums[key.Item] =
                sums.GetValueOrDefault(key.Item) + (one.Weight * Decay.Of(until - one.NewestMilliseconds, halfLife));
        var ordered = sums.Where(item => item.Value > 0)
            .OrderByDescending(item => item.Value)
            .ThenBy(item => item.Key)
            .ToArray();
        return new PopularItems(
            Array.ConvertAll(ordered, item => item.Key),
            Array.ConvertAll(ordered, item => (float)(item.Value / ordered[0].Value))
        );
    }

    private sealed record Counted(PopularItems Items, DateTimeOffset Until, long At);
}
