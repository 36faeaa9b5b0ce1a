using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>The numbers of configurations, by which recommendation ids name them. They are kept for ever.</summary>
public interface IListConfigurations
{
    /// <summary>
    /// The number of a configuration, stored at the first use: the first of <see cref="ListConfiguration.NumberOf"/>
    /// that no other configuration has. Never <see cref="ListConfiguration.UnknownNumber"/>.
    /// </summary>
    Task<uint> NumberAsync(ListConfiguration configuration, CancellationToken cancellationToken);

    /// <summary>All configurations by their numbers.</summary>
    Task<IReadOnlyDictionary<uint, ListConfiguration>> ListAsync(CancellationToken cancellationToken);
}
