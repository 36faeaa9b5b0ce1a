using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Application.Experiments;

/// <summary>
/// Ends an experiment: everybody gets what was before, or what the variant got that is promoted.
/// </summary>
/// <param name="Name">The experiment.</param>
/// <param name="Why">Why.</param>
/// <param name="By">Who.</param>
/// <param name="Promoted">The variant to promote: its model becomes the current one. Null to stop.</param>
/// <param name="Force">Whether to promote a model that the gate turned away.</param>
public sealed record EndExperiment(
    ExperimentName Name, string Why, string By, ExperimentName? Promoted = null, bool Force = false)
        : IRequest<Experiment>
{
    internal sealed class Handler(IEnumerable<IExperimentStore> stores, IMediator mediator, TimeProvider time)
        : IRequestHandler<EndExperiment, Experiment>
    {
        public async Task<Experiment> Handle(EndExperiment request, CancellationToken cancellationToken)
        {
            var store = stores.LastOrDefault()
                ?? throw RefusedException.Unsupported(CountFeedback.NotHere);
            if (string.IsNullOrWhiteSpace(request.Why))
                throw new RefusedException("Say why the experiment ends.");
            if (request.Why.Length > ExperimentProblems.MaximumReason)
                throw new RefusedException(
                    $"The reason is too long; give at most {ExperimentProblems.MaximumReason} characters.");
            var experiment = await FindExperiment.RequireAsync(store, request.Name, cancellationToken);
            if (experiment.State != ExperimentState.Running)
                throw new RefusedException(
                    $"Experiment '{experiment.Name}' has ended: it "
                        + $"was {ExperimentDocument.StateText(experiment.State)}.");
            var state = ExperimentState.Stopped;
            if (request.Promoted is { } promoted)
            {
                await PromoteAsync(experiment, promoted, request.Force, cancellationToken);
                state = ExperimentState.Promoted;
            }
            var change = new ExperimentChange(state, time.GetUtcNow(), request.By, request.Why, request.Promoted);
            return await store.SaveAsync(experiment.With(change), cancellationToken)
                ?? throw new RefusedException(
                    $"Experiment '{experiment.Name}' was changed at the same time; look at it again.");
        }

        /// <summary>The model first: a promotion that is interrupted is done again.</summary>
        private async Task PromoteAsync(
            Experiment experiment, ExperimentName name, bool force, CancellationToken cancellationToken)
        {
            var variant = experiment.Variants.FirstOrDefault(one => one.Name == name)
                ?? throw RefusedException.Missing(
                    $"Experiment '{experiment.Name}' has no variant '{name}'; its variants are "
                        + $"{string.Join(", ", experiment.Variants.Select(one => one.Name))}.");
            if (variant.Model is not { } model)
                throw new RefusedException(
                    $"Variant '{name}' is what everybody gets already. Stop the experiment instead of promoting it.");
            await mediator.Send(new PromoteModel(model, Force: force), cancellationToken);
        }
    }
}
