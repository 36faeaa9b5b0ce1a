using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items.Indexing;

namespace Recommendation.Application.Retrieval;

/// <summary>
/// The index over the catalogue that conditions are answered from. It follows the catalogue's changes: a few are taken
/// in by the request that comes upon them, many in the background, and requests use the index as it was meanwhile. What
/// an index selects is always checked with the catalogue, so an old index can only miss items.
/// </summary>
internal sealed class CatalogueIndex(IEnumerable<IItemChanges> changes, ILogger<CatalogueIndex> logger)
    : IAsyncDisposable, IDisposable
{
    /// <summary>How many changes a request takes in.</summary>
    private const int FewChanges = 500;

    /// <summary>How many items are read at once in the background.</summary>
    private const int ManyChanges = 5_000;

    private readonly IItemChanges? _changes = changes.LastOrDefault();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private volatile Followed? _followed;
    private volatile Task _catchingUp = Task.CompletedTask;

    /// <summary>
    /// The index as it is now. The first call begins to make it; null until it is made, and where there is none.
    /// </summary>
    /// <exception cref="UnavailableException">The catalogue can't be read.</exception>
    internal async ValueTask<ItemIndex?> FindAsync(CancellationToken cancellationToken)
    {
        if (_changes is null)
            return null;
        if (_followed is not { } known || !_catchingUp.IsCompleted)
        {
            _ = CatchUpAsync();
            return _followed?.Index;
        }
        var read = await _changes.ReadOnAsync(known.Place, FewChanges, cancellationToken);
        if (read is { Put.Count: 0, Deleted.Count: 0 })
            return known.Index;
        lock (_gate)
        {
            // Somebody else may have taken the same changes in.
            if (_followed != known)
                return _followed?.Index;
            _followed = known = new(known.Index.With(read.Put, read.Deleted), read.Place);
        }
        if (read.More || known.Index.IsUnsorted)
            _ = CatchUpAsync();
        return known.Index;
    }

    /// <summary>Takes all changes in, in the background.</summary>
    /// <returns>Ends when that is done, also if it failed.</returns>
    internal Task CatchUpAsync()
    {
        lock (_gate)
        {
            if (_changes is not null && _catchingUp.IsCompleted && !_end.IsCancellationRequested)
                _catchingUp = Task.Run(() => CatchUpAsync(_changes, _end.Token), CancellationToken.None);
            return _catchingUp;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _catchingUp;
        _end.Dispose();
    }

    /// <summary>Stops what goes on in the background, and does not wait for it.</summary>
    public void Dispose() => _end.Cancel();

    private async Task CatchUpAsync(IItemChanges source, CancellationToken cancellationToken)
    {
        try
        {
            var from = _followed;
            var builder = new ItemIndexBuilder(from?.Index ?? ItemIndex.Empty);
            var place = from?.Place;
            ChangedItems read;
            do
            {
                read = await source.ReadOnAsync(place, ManyChanges, cancellationToken);
                builder.Add(read.Put, read.Deleted);
                place = read.Place;
                if (builder.Count > ItemIndex.MaximumItems)
                {
                    logger.LogWarning(
                        "The catalogue has more than {Items} items: conditions are not answered from an index any more",
                        ItemIndex.MaximumItems);
                    return;
                }
            }
            while (read.More);
            var index = builder.Build();
            lock (_gate)
                _followed = new(index, place);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug("The index of the catalogue is not needed any more");
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException or FormatException)
        {
            // The next request tries again.
            logger.LogWarning("The index of the catalogue is as it was: {Problem}", problem.Message);
        }
    }

    private sealed record Followed(ItemIndex Index, string Place);
}
