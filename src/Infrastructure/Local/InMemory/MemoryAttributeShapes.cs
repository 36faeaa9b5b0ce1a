using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Local.InMemory;

/// <summary>What attributes are, in a dictionary; gone with the process.</summary>
internal sealed class MemoryAttributeShapes : IAttributeShapes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AttributeShape> _shapes = new(StringComparer.Ordinal);

    public Task<IReadOnlyDictionary<string, AttributeShape>> ReadAsync(CancellationToken cancellationToken) =>
        _gate.Do(Copy, cancellationToken);

    public Task<IReadOnlyDictionary<string, AttributeShape>> KeepAsync(
        IReadOnlyDictionary<string, AttributeShape> shapes, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var (name, shape) in shapes)
                    _shapes.TryAdd(name, shape);
                return Copy();
            },
            cancellationToken);

    private IReadOnlyDictionary<string, AttributeShape> Copy() =>
        new Dictionary<string, AttributeShape>(_shapes, StringComparer.Ordinal);
}
