using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>What each attribute of the catalogue is, as its first use said.</summary>
public interface IAttributeShapes
{
    /// <summary>All attributes by name.</summary>
    Task<IReadOnlyDictionary<string, AttributeShape>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what attributes are that nothing is known of; known ones stay as they are.</summary>
    /// <returns>All attributes afterwards.</returns>
    Task<IReadOnlyDictionary<string, AttributeShape>> KeepAsync(
        IReadOnlyDictionary<string, AttributeShape> shapes,
        CancellationToken cancellationToken
    );
}
