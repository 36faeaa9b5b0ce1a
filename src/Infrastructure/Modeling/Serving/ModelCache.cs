using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Holds the current model and a few pinned ones. A new current model replaces the old one only when it is completely
/// in memory. If it cannot be loaded, the old one continues to serve.
/// </summary>
internal sealed partial class ModelCache(
    IModelStore store,
    IOptions<ModelRankerOptions> options,
    TimeProvider clock,
    ILogger<ModelCache> logger
) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LinkedList<RankableModel> _pinned = [];
    private volatile Current? _current;

    /// <summary>The model asked for, or the current one.</summary>
    /// <returns>Null if no model has been promoted yet.</returns>
    /// <exception cref="RankerUnavailableException">The model cannot be loaded.</exception>
    public async Task<RankableModel?> GetAsync(ModelVersion? version, CancellationToken cancellationToken)
    {
        if (version is null && _current is { } current && IsFresh(current))
            return current.Model;
        // Further calls of a request name the model of the first, which is no reason to keep it once
        // another one is current.
        if (version is { } named && _current?.Model is { } held && held.Model.Version == named)
            return held;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return version is { } pinned
                ? await PinnedAsync(pinned, cancellationToken)
                : await CurrentAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is (UnavailableException or StoredFormatException) and not RankerUnavailableException)
        {
            throw new RankerUnavailableException(exception.Message, exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsFresh(Current current) => clock.GetElapsedTime(current.CheckedAt) < options.Value.PointerAge;

    private async Task<RankableModel?> CurrentAsync(CancellationToken cancellationToken)
    {
        var before = _current;
        if (before is not null && IsFresh(before))
            return before.Model;
        try
        {
            var version = (await store.CurrentAsync(cancellationToken)).Version;
            var model = version is { } wanted ? Cached(wanted) ?? await LoadAsync(wanted, cancellationToken) : null;
            _current = new(model, clock.GetTimestamp());
            return model;
        }
        catch (Exception exception)
            when (before is { Model: not null } && exception is (UnavailableException or StoredFormatException))
        {
            KeptModel(before.Model.Model.Version.Value, exception);
            _current = before with { CheckedAt = clock.GetTimestamp() };
            return before.Model;
        }
    }

    private async Task<RankableModel> PinnedAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var model = Cached(version) ?? await LoadAsync(version, cancellationToken);
        _pinned.Remove(model);
        _pinned.AddFirst(model);
        if (_pinned.Count > options.Value.PinnedModels)
            _pinned.RemoveLast();
        return model;
    }

    private RankableModel? Cached(ModelVersion version) =>
        _current?.Model is { } current && current.Model.Version == version
            ? current
            : _pinned.FirstOrDefault(pinned => pinned.Model.Version == version);

    private async Task<RankableModel> LoadAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        await using var artefact = await store.OpenAsync(version, cancellationToken)
            ?? throw new RankerUnavailableException($"There is no model '{version}' in the store.");
        var model = await ModelArtefactReader.ReadAsync(artefact, cancellationToken);
        if (model.Version != version)
            throw new RankerUnavailableException(
                $"The store holds model '{model.Version}' under the name '{version}'."
            );
        return new RankableModel(model);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The current model can't be had; model {Version} goes on answering."
    )]
    private partial void KeptModel(string version, Exception exception);

    private sealed record Current(RankableModel? Model, long CheckedAt);
}
