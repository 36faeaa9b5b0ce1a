using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local.InMemory;

/// <summary>Models in a dictionary; gone with the process.</summary>
internal sealed class MemoryModelStore : IModelStore, IModelDeletion
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ModelVersion, (ModelDescription Model, byte[] Artefact)> _models = [];
    private ModelPointer _current = ModelPointer.None;
    private int _moves;

    public async Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await artefact.CopyToAsync(copy, cancellationToken);
        await _gate.Do(() => _models.TryAdd(model.Version, (model, copy.ToArray())), cancellationToken);
    }

    public Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken) =>
        _gate.Do<Stream?>(
            () =>
                _models.TryGetValue(version, out var model) ? new MemoryStream(model.Artefact, writable: false) : null,
            cancellationToken
        );

    public Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<ModelDescription>>(
            () => [.. _models.Values
                .Select(model => model.Model)
                .OrderByDescending(model => model.CreatedAt)
                .ThenByDescending(model => model.Version)],
            cancellationToken);

    public Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken) =>
        _gate.Do(() => _current, cancellationToken);

    public Task<ModelPointer> PointAsync(ModelMove move, ModelPointer expected, CancellationToken cancellationToken) =>
        _gate.Do(() => Point(move, expected), cancellationToken);

    public Task DeleteAsync(ModelVersion version, CancellationToken cancellationToken) =>
        _gate.Do(() => version != _current.Version && _models.Remove(version), cancellationToken);

    private ModelPointer Point(ModelMove move, ModelPointer expected)
    {
        if (!_models.ContainsKey(move.Version))
            throw PointerRefusal.Unknown(move.Version);
        if (!string.Equals(_current.Tag, expected.Tag, StringComparison.Ordinal))
            throw PointerRefusal.Moved(_current);
        _moves++;
        return _current = _current.After(move, _moves.ToString(CultureInfo.InvariantCulture));
    }
}
