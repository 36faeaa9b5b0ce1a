using Recommendation.Application.Ports;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Local.Sqlite;

/// <summary>The versions of scenarios as rows.</summary>
internal sealed class SqliteScenarios(LocalDatabase database) : IScenarios
{
    public async Task<IReadOnlyList<ScenarioVersion>> ReadNewestAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(
            connection => Read(connection.Prepare(
                "SELECT max(version), body FROM scenarios GROUP BY name ORDER BY name")),
            Faults.OfStore,
            cancellationToken,
            isBrief: true
        );

    public async Task<IReadOnlyList<ScenarioVersion>> ReadVersionsAsync(
        ScenarioName name, CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(
            connection =>
            {
                var select = connection.Prepare(
                    "SELECT version, body FROM scenarios WHERE name = ?1 ORDER BY version DESC");
                select.Bind(1, name.Value);
                return Read(select);
            },
            Faults.OfStore,
            cancellationToken
        );

    public Task<bool> AddAsync(ScenarioVersion version, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection
                .Prepare("INSERT INTO scenarios(name, version, body) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .Bind(1, version.Name.Value)
                .Bind(2, version.Number)
                .Bind(3, ScenarioJson.WriteVersion(version))
                .Run() > 0,
            Faults.OfStore,
            cancellationToken
        );

    private static List<ScenarioVersion> Read(Statement select)
    {
        var versions = new List<ScenarioVersion>();
        while (select.Step())
            versions.Add(ScenarioJson.ReadVersion(select.Blob(1)));
        return versions;
    }
}
