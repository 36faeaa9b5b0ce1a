using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Scenarios;

/// <summary>The feedback that items got lately, kept in the process for a minute.</summary>
internal sealed class ExplorationFigures : IDisposable
{
    /// <summary>How old the figures may be.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Known? _known;

    /// <param name="days">How many days back the feedback counts.</param>
    /// <param name="counts">Where the sums are.</param>
    /// <param name="mediator">Counts what is new in the log.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<IReadOnlyDictionary<ItemId, ItemFigures>> ReadAsync(
        int days, IFeedbackCounts counts, IMediator mediator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_known is { } fresh && fresh.Holds(days, now))
            return fresh.Figures;
        // One request reads; the others go on with what is known, if it is of as many days.
        if (_known is { } old && old.Days == days)
        {
            if (!await _reading.WaitAsync(0, cancellationToken))
                return old.Figures;
        }
        else
            await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } other && other.Holds(days, now))
                return other.Figures;
            await mediator.Send(new CountFeedback(), cancellationToken);
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var figures = new Dictionary<ItemId, ItemFigures>();
            await foreach (var one in counts.ReadItemsAsync(today.AddDays(-days), today, cancellationToken))
            {
                if (!figures.TryGetValue(one.Item, out var known))
                    figures.Add(one.Item, known = new ItemFigures());
                known.Add(one.Key, one.Sum);
            }
            _known = new Known(days, now, figures);
            return figures;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private sealed record Known(int Days, DateTimeOffset At, IReadOnlyDictionary<ItemId, ItemFigures> Figures)
    {
        internal bool Holds(int days, DateTimeOffset now) => Days == days && now >= At && now - At < s_fresh;
    }
}
