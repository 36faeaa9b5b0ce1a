using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Application.Experiments;

/// <summary>
/// An experiment with what it shows so far. The log is counted to its end first. It may be read as often as one likes.
/// </summary>
public sealed record ShowExperiment(ExperimentName Name) : IRequest<ShownExperiment>
{
    internal sealed class Handler(
        IEnumerable<IExperimentStore> stores,
        IEnumerable<IListConfigurations> configurations,
        IEnumerable<IFeedbackCounts> counts,
        IMediator mediator
    ) : IRequestHandler<ShowExperiment, ShownExperiment>
    {
        public async Task<ShownExperiment> Handle(ShowExperiment request, CancellationToken cancellationToken)
        {
            var store = stores.LastOrDefault()
                ?? throw RefusedException.Unsupported(CountFeedback.NotHere);
            var experiment = await FindExperiment.RequireAsync(store, request.Name, cancellationToken);
            await mediator.Send(new CountFeedback(), cancellationToken);
            var moments = new MetricMoments[experiment.Variants.Count];
            var totals = new UserTotals[experiment.Variants.Count];
            await foreach (var user in ExperimentUsers.ReadAsync(
                experiment, configurations.Last(), counts.Last(), cancellationToken))
            {
                var own = user.Days.Values.Aggregate(UserTotals.Add);
                if (own.Impressions == 0)
                    continue;
                moments[user.Variant] = moments[user.Variant].With(own);
                totals[user.Variant] += own;
            }
            return new ShownExperiment(experiment, ExperimentResult.Of(experiment, moments), totals);
        }
    }
}

/// <summary>An experiment and its figures.</summary>
/// <param name="Totals">The sums of each variant over its users, in the order of the variants.</param>
public sealed record ShownExperiment(
    Experiment Experiment, ExperimentResult Result, IReadOnlyList<UserTotals> Totals);
