using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

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
            var variants = (await configurations.Last().ListAsync(cancellationToken))
                .Where(one => one.Value.Experiment == experiment.Name)
                .ToDictionary(one => one.Key, one => one.Value.Variant!.Value);
            var moments = new MetricMoments[experiment.Variants.Count];
            var totals = new UserTotals[experiment.Variants.Count];
            UserId? user = null;
            var ofUser = new Dictionary<ExperimentName, UserTotals>();
            await foreach (var one in counts.Last().ReadUsersAsync(
                DateOnly.MinValue, DateOnly.MaxValue, cancellationToken))
            {
                if (one.User is null || !variants.TryGetValue(one.Key.Configuration, out var variant))
                    continue;
                if (one.User != user)
                    End();
                user = one.User;
                ofUser[variant] = ofUser.GetValueOrDefault(variant) + TotalsOf(experiment, one.Key, one.Sum);
            }
            End();
            return new ShownExperiment(experiment, ExperimentResult.Of(experiment, moments), totals);

            // A user counts for the variant of the hash, and for nothing that another variant's lists led to.
            void End()
            {
                if (user is { } known
                    && experiment.VariantOf(known) is { IsOverride: false, Variant: { } assigned }
                    && ofUser.TryGetValue(assigned.Name, out var own) && own.Impressions > 0)
                {
                    var index = experiment.Variants.Index().First(one => one.Item == assigned).Index;
                    moments[index] = moments[index].With(own);
                    totals[index] += own;
                }
                ofUser.Clear();
            }
        }

        private static UserTotals TotalsOf(Experiment experiment, in FeedbackKey key, FeedbackSum sum) =>
            key.Kind switch
            {
                FeedbackKind.List => new(sum.Count, 0, 0, 0, 0),
                FeedbackKind.Impression => new(0, sum.Count, 0, 0, 0),
                FeedbackKind.Click => new(0, 0, sum.Count, 0, 0),
                FeedbackKind.Conversion => new(
                    0, 0, 0, sum.Count,
                    string.Equals(key.Currency?.Value, experiment.Currency, StringComparison.Ordinal)
                        ? (double)sum.Amount / FeedbackEvent.UnitsPerOne : 0),
                _ => default,
            };
    }
}

/// <summary>An experiment and its figures.</summary>
/// <param name="Totals">The sums of each variant over its users, in the order of the variants.</param>
public sealed record ShownExperiment(
    Experiment Experiment, ExperimentResult Result, IReadOnlyList<UserTotals> Totals);
