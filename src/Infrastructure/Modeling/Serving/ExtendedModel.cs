using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// A model and the items that were added after its training. Whoever asks first looks for new items and waits until
/// they are placed; others get the model as it was meanwhile.
/// </summary>
/// <param name="trained">The model as it was trained.</param>
/// <param name="added">The new items.</param>
/// <param name="options">How often to look for new items.</param>
/// <param name="clock">Measures the time between two looks.</param>
/// <param name="logger">Is told how many items were placed.</param>
internal sealed partial class ExtendedModel(
    RankableModel trained, AddedItems added, ModelRankerOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>The time between two extensions is at least so many times as long as the last one took.</summary>
    private const int Rest = 3;

    private readonly Lock _gate = new();
    private volatile Looked? _looked;
    private Task<Looked>? _looking;

    /// <summary>The model with the new items.</summary>
    public async Task<RankableModel> GetAsync(CancellationToken cancellationToken)
    {
        if (_looked is { } known && clock.GetTimestamp() < known.Until)
            return known.Model;
        Task<Looked> looking;
        lock (_gate)
        {
            known = _looked;
            if (known is not null && (clock.GetTimestamp() < known.Until || _looking is { IsCompleted: false }))
                return known.Model;
            // Not cancelled with the request: others may wait for it, too.
            if (_looking is not { IsCompleted: false })
                _looking = Task.Run(() => LookAsync(known?.Model ?? trained), CancellationToken.None);
            looking = _looking;
        }
        return (await looking.WaitAsync(cancellationToken)).Model;
    }

    private async Task<Looked> LookAsync(RankableModel before)
    {
        var start = clock.GetTimestamp();
        var age = (long)(options.NewItemAge.TotalSeconds * clock.TimestampFrequency);
        try
        {
            var model = before;
            if (await added.ReadOnAsync(item => trained.Model.TryFind(item, out _), CancellationToken.None))
            {
                model = ModelExtension.Of(trained, added.Items, options.Threads, CancellationToken.None);
                Placed(model.Model.Items.Length - trained.Model.Items.Length, trained.Model.Version.Value);
                age = Math.Max(age, Rest * (clock.GetTimestamp() - start));
            }
            return _looked = new(model, clock.GetTimestamp() + age);
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            NotPlaced(problem);
            return _looked = new(before, clock.GetTimestamp() + age);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Items} items that model {Version} does not know are placed by their content.")]
    private partial void Placed(int items, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "New items of the catalogue can't be placed now.")]
    private partial void NotPlaced(Exception exception);

    /// <param name="Model">The model with the new items.</param>
    /// <param name="Until">The timestamp at which to look again.</param>
    private sealed record Looked(RankableModel Model, long Until);
}
