using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Modeling.Tests;

/// <summary>Artefacts in memory, counting what is asked.</summary>
internal sealed class MemoryModelStore : IModelStore
{
    private readonly Dictionary<ModelVersion, byte[]> _artefacts = [];
    private ModelPointer _pointer = ModelPointer.None;

    public int Opened { get; private set; }

    public int PointerReads { get; private set; }

    /// <summary>What every call answers while it is set.</summary>
    public Exception? Outage { get; set; }

    public async Task<ModelVersion> AddAsync(TrainedModel model, bool promote = true)
    {
        await using (model)
        {
            using var copy = new MemoryStream();
            await model.Artefact.CopyToAsync(copy);
            _artefacts[model.Description.Version] = copy.ToArray();
        }
        if (promote)
            Promote(model.Description.Version);
        return model.Description.Version;
    }

    public void Promote(ModelVersion version) => _pointer = new(version, _pointer.Version, version.Value);

    public void Damage(ModelVersion version) => _artefacts[version][_artefacts[version].Length / 2] ^= 1;

    public Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if (Outage is not null)
            throw Outage;
        Opened++;
        return Task.FromResult<Stream?>(
            _artefacts.TryGetValue(version, out var bytes) ? new MemoryStream(bytes) : null
        );
    }

    public Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Outage is not null)
            throw Outage;
        PointerReads++;
        return Task.FromResult(_pointer);
    }

    public Task<ModelPointer> PointAsync(ModelMove move, ModelPointer expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
