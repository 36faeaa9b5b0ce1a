using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Application.Experiments;

/// <summary>All experiments: those that run first, then by name.</summary>
public sealed record ListExperiments : IRequest<ListedExperiments>
{
    internal sealed class Handler(IEnumerable<IExperimentStore> stores)
        : IRequestHandler<ListExperiments, ListedExperiments>
    {
        public async Task<ListedExperiments> Handle(ListExperiments request, CancellationToken cancellationToken)
        {
            var store = stores.LastOrDefault()
                ?? throw RefusedException.Unsupported(CountFeedback.NotHere);
            var all = await store.ListAsync(cancellationToken);
            return new ListedExperiments([.. all.OrderBy(one => one.State).ThenBy(one => one.Name)]);
        }
    }
}

/// <summary>The experiments.</summary>
public sealed record ListedExperiments(IReadOnlyList<Experiment> Experiments);

internal static class FindExperiment
{
    /// <exception cref="RefusedException">There is no such experiment.</exception>
    internal static async Task<Experiment> RequireAsync(
        IExperimentStore store, ExperimentName name, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(cancellationToken);
        return all.FirstOrDefault(one => one.Name == name)
            ?? throw RefusedException.Missing($"There is no experiment '{name}'.", NextStep.ListExperiments);
    }
}
