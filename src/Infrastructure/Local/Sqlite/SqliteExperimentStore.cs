using System.Text.Json;
using Recommendation.Application.Erasures;
using Recommendation.Application.Experiments;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Local.Sqlite;

/// <summary>Experiments as documents in rows.</summary>
internal sealed class SqliteExperimentStore(LocalDatabase database) : IExperimentStore, IErasable
{
    public async Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(Read, Faults.OfStore, cancellationToken, isBrief: true);

    public Task<Experiment?> SaveAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return database.Writer.RunAsync(
            connection => ExperimentConflict.IsWith(experiment, Read(connection)) ? null : Save(connection, experiment),
            Faults.OfStore,
            cancellationToken);
    }

    public string Place => PersonalDataPlaces.Experiments;

    /// <summary>Only the variants that somebody set for users name them.</summary>
    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return database.Writer.RunAsync(
            connection =>
            {
                var named = Read(connection).FindAll(one => one.Overrides.ContainsKey(work.User));
                foreach (var experiment in named)
                    Save(connection, ExperimentConflict.Without(experiment, work.User));
                return new ErasedPart(named.Count);
            },
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: true);
    }

    private static Experiment Save(Connection connection, Experiment experiment)
    {
        var saved = experiment with { Version = experiment.Version + 1 };
        connection
            .Prepare(
                "INSERT INTO experiments(name, body) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET body = "
                    + "excluded.body")
            .Bind(1, saved.Name.Value)
            .Bind(2, JsonSerializer.SerializeToUtf8Bytes(
                ExperimentDocument.From(saved), ExperimentJson.Default.ExperimentDocument))
            .Run();
        return saved;
    }

    private static List<Experiment> Read(Connection connection)
    {
        var all = new List<Experiment>();
        var select = connection.Prepare("SELECT name, body FROM experiments ORDER BY name");
        while (select.Step())
            all.Add(ExperimentDocument.Read(select.Blob(1), select.Text(0)).ToExperiment());
        return all;
    }
}
