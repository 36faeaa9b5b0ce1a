using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>Configurations as rows.</summary>
internal sealed class SqliteListConfigurations(LocalDatabase database) : IListConfigurations
{
    public async Task<uint> NumberAsync(ListConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var known = await ListAsync(cancellationToken);
        foreach (var (number, one) in known)
        {
            if (one == configuration)
                return number;
        }
        return await database.Writer.RunAsync(
            connection => Number(connection, configuration), Faults.OfStore, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<uint, ListConfiguration>> ListAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(Read, Faults.OfStore, cancellationToken);

    private static uint Number(Connection connection, ListConfiguration configuration)
    {
        var known = Read(connection);
        for (var attempt = 0; ; attempt++)
        {
            var number = configuration.NumberOf(attempt);
            if (known.TryGetValue(number, out var other))
            {
                if (other == configuration)
                    return number;
                continue;
            }
            connection
                .Prepare(
                    "INSERT INTO list_configurations(number, scenario, model, experiment, variant) VALUES(?1, ?2, "
                        + "?3, ?4, ?5)"
                )
                .Bind(1, (long)number)
                .Bind(2, configuration.Scenario)
                .Bind(3, configuration.Model?.Value)
                .Bind(4, configuration.Experiment?.Value)
                .Bind(5, configuration.Variant?.Value)
                .Run();
            return number;
        }
    }

    private static Dictionary<uint, ListConfiguration> Read(Connection connection)
    {
        var known = new Dictionary<uint, ListConfiguration>();
        var select = connection.Prepare("SELECT number, scenario, model, experiment, variant FROM list_configurations");
        while (select.Step())
        {
            known[(uint)select.Int64(0)] = new ListConfiguration(
                select.Text(1),
                select.TextOrNull(2) is { } model ? ModelVersion.Parse(model) : null,
                select.TextOrNull(3) is { } experiment ? ExperimentName.Parse(experiment) : null,
                select.TextOrNull(4) is { } variant ? ExperimentName.Parse(variant) : null
            );
        }
        return known;
    }
}
