using System.Collections.Concurrent;
using FluentValidation;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// The scenarios in force, compiled. They are read again after <see cref="MaximumAge"/>, so that a change of another
/// process is in force within it; a change of this process is in force at once.
/// </summary>
internal sealed class ScenarioCatalogue(TimeProvider time, ILogger<ScenarioCatalogue> logger)
{
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private static readonly Scenario s_plain = new();

    private volatile Snapshot? _snapshot;

    /// <summary>A scenario in force; the default one has no rules until it is stored.</summary>
    /// <exception cref="RefusedException">There is none of this name, or it can't be used any more.</exception>
    internal async Task<CompiledScenario> FindAsync(
        ScenarioName name, IScenarios store, ScenarioCompiler compiler, ScenarioSchema schema,
        CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(store, cancellationToken);
        if (snapshot.Compiled.TryGetValue(name, out var compiled))
            return compiled;
        var stored = snapshot.Versions.GetValueOrDefault(name);
        if (stored?.Scenario is null && name != ScenarioName.Default)
            throw RefusedException.Missing($"There is no scenario '{name}'. PUT /v1/scenarios/{name} makes one.");
        var known = await schema.ReadAsync(cancellationToken);
        try
        {
            return snapshot.Compiled[name] = compiler.Compile(
                name,
                stored?.Number ?? 0,
                stored?.Scenario ?? s_plain,
                known
            );
        }
        catch (ValidationException problem)
        {
            throw new RefusedException(
                $"The scenario '{name}' can't be used any more: {problem.Message} Put it again, or an earlier version."
            );
        }
    }

    /// <summary>Reads them again before they are used the next time.</summary>
    internal void Renew() => _snapshot = null;

    private async Task<Snapshot> SnapshotAsync(IScenarios store, CancellationToken cancellationToken)
    {
        var known = _snapshot;
        var now = time.GetTimestamp();
        if (known is not null && time.GetElapsedTime(known.ReadAt, now) < MaximumAge)
            return known;
        try
        {
            var newest = await store.ReadNewestAsync(cancellationToken);
            return _snapshot = new(now, newest.ToDictionary(version => version.Name));
        }
        catch (UnavailableException problem) when (known is not null)
        {
            logger.LogWarning(
                "The scenarios are used as they were, since they can't be read: {Problem}",
                problem.Message
            );
            return known;
        }
    }

    private sealed record Snapshot(long ReadAt, Dictionary<ScenarioName, ScenarioVersion> Versions)
    {
        internal ConcurrentDictionary<ScenarioName, CompiledScenario> Compiled { get; } = new();
    }
}
