using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// What is popular before there is a model: <c>Σ w_type · 2^(-age/H)</c> over the positive interactions of the log. The log is
/// read again when the answer has aged; meanwhile the others get the answer before.
/// </summary>
internal sealed class RecentPopularity(IInteractionLog log, EventTypeSettings types, IOptions<ModelRankerOptions> options, TimeProvider clock)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Counted? _counted;

    /// <exception cref="RankerUnavailableException">The log can't be read, and never was.</exception>
    public async Task<PopularItems> GetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = _counted;
        if (before is not null && (IsFresh(before) || _gate.CurrentCount == 0))
            return before.Items;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_counted is { } counted && IsFresh(counted))
                return counted.Items;
            var items = await CountAsync(now, cancellationToken);
            _counted = new(items, clock.GetTimestamp());
            return items;
        }
        catch (Exception exception) when (exception is UnavailableException or StoredFormatException)
        {
            return before?.Items
                ?? throw new RankerUnavailableException($"There is no model yet, and the popular items can't be counted. {exception.Message}", exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsFresh(Counted counted) => clock.GetElapsedTime(counted.At) < options.Value.PopularAge;

    private async Task<PopularItems> CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<ItemId, double>();
        var halfLife = options.Value.PopularHalfLife.TotalDays;
        await foreach (var one in log.ReadAsync(after: null, cancellationToken))
        {
            var weight = types.WeightOf(one.Type, one.Value) * Decay.Of((now - one.OccurredAt).Ticks / TimeSpan.TicksPerMillisecond, halfLife);
            if (weight > 0)
                sums[one.ItemId] = sums.GetValueOrDefault(one.ItemId) + weight;
        }
        var ordered = sums.OrderByDescending(item => item.Value).ThenBy(item => item.Key).ToArray();
        return new PopularItems(
            Array.ConvertAll(ordered, item => item.Key), Array.ConvertAll(ordered, item => (float)(item.Value / ordered[0].Value)));
    }

    private sealed record Counted(PopularItems Items, long At);
}
