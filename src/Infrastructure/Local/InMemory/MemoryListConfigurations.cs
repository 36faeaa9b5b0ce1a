using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.InMemory;

/// <summary>Configurations in memory.</summary>
internal sealed class MemoryListConfigurations : IListConfigurations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, ListConfiguration> _known = [];

    public Task<uint> NumberAsync(ListConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            for (var attempt = 0; ; attempt++)
            {
                var number = configuration.NumberOf(attempt);
                if (_known.TryAdd(number, configuration) || _known[number] == configuration)
                    return Task.FromResult(number);
            }
        }
    }

    public Task<IReadOnlyDictionary<uint, ListConfiguration>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return Task.FromResult<IReadOnlyDictionary<uint, ListConfiguration>>(
                new Dictionary<uint, ListConfiguration>(_known));
    }
}
