using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Aws.S3;

/// <summary><c>scenarios/{name}/{number}.json</c>; whoever puts a number first has it.</summary>
internal sealed class S3Scenarios(Bucket bucket) : IScenarios
{
    private const string Prefix = "scenarios/";

    public async Task<IReadOnlyList<ScenarioVersion>> ReadNewestAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, string>(StringComparer.Ordinal);
        // Keys come in order, so the last one of a scenario is its newest version.
        await foreach (var key in bucket.KeysAsync(Prefix, cancellationToken))
            newest[key[..key.LastIndexOf('/')]] = key;
        var versions = new List<ScenarioVersion>(newest.Count);
        foreach (var (_, key) in newest.OrderBy(one => one.Key, StringComparer.Ordinal))
            versions.Add(await ReadAsync(key, cancellationToken));
        return versions;
    }

    public async Task<IReadOnlyList<ScenarioVersion>> ReadVersionsAsync(
        ScenarioName name, CancellationToken cancellationToken)
    {
        var versions = new List<ScenarioVersion>();
        await foreach (var key in bucket.KeysAsync($"{Prefix}{name.Value}/", cancellationToken))
            versions.Add(await ReadAsync(key, cancellationToken));
        versions.Reverse();
        return versions;
    }

    public async Task<bool> AddAsync(ScenarioVersion version, CancellationToken cancellationToken) =>
        await bucket.PutAsync(
            KeyOf(version), ScenarioJson.WriteVersion(version), PutCondition.Absent, cancellationToken) is not null;

    private async Task<ScenarioVersion> ReadAsync(string key, CancellationToken cancellationToken) =>
        await bucket.FindAsync(key, cancellationToken) is { } stored
            ? ScenarioJson.ReadVersion(stored.Body)
            : throw new StoreUnavailableException($"The scenario '{key}' was listed but can't be read; ask again.");

    private static string KeyOf(ScenarioVersion version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{version.Name.Value}/{version.Number:D8}.json");
}
