using Microsoft.Extensions.DependencyInjection;
using Recommendation.Simulator.Actors;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator;

/// <summary>Runs histories, one after the other. Not for several threads: each takes a simulation of its own.</summary>
/// <param name="rules">What histories may hold.</param>
/// <param name="plant">Puts a fault into every process, to see that it is found; null for the product as it is.</param>
public sealed class Simulation(ScriptRules rules, Action<IServiceCollection>? plant = null) : IDisposable
{
    private readonly Cluster?[] _clusters = new Cluster?[2];

    /// <summary>Runs the history of a seed.</summary>
    /// <returns>What is wrong; null if every check held.</returns>
    public string? Run(ulong seed) => Run(ScriptGenerator.Generate(seed, rules));

    /// <param name="script">What happens.</param>
    /// <param name="trace">Gets a line for every step and every call; null for none.</param>
    /// <returns>What is wrong; null if every check held.</returns>
    public string? Run(Script script, List<string>? trace = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        var cluster = _clusters[script.IsStream ? 1 : 0] ??= new Cluster(script.IsStream, plant);
        return new World(script, rules.Erasures, cluster, trace).Run();
    }

    public void Dispose()
    {
        foreach (var cluster in _clusters)
            cluster?.Dispose();
    }
}
