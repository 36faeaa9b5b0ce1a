using FluentValidation;
using MediatR;
using Recommendation.Application.Experiments;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// The items for a user now: the stored list if the profile has not changed since, and what is ranked now after its
/// end; else ranked now, within a budget; else the stored list all the same, marked stale; the popular items where
/// there is no history, and where a list would be short. Seen and unavailable items are left out.
/// </summary>
/// <param name="User">Whose.</param>
/// <param name="Count">How many items to show at most.</param>
/// <param name="Filter">What to leave out; null for nothing.</param>
/// <param name="AlwaysAnswer"> Whether a user without a stored list gets the last known popular items, or none, instead
/// of an error where the ranker is slow or down.
/// </param>
public sealed record Recommend(
    UserId User,
    int Count = RankedItems.DefaultShown,
    ListFilter? Filter = null,
    bool AlwaysAnswer = false
) : IRequest<ShownList>
{
    /// <summary>How many items may be asked for.</summary>
    public const int MaximumCount = 1000;

    /// <summary>Whether an operator only looks: then the list does not count as shown.</summary>
    public bool IsPreview { get; init; }

    internal sealed class Validator : AbstractValidator<Recommend>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, MaximumCount)
            .WithMessage($"Ask for 1–{MaximumCount} items.");
    }

    internal sealed class Handler(
        UserMemories memories, UserLists lists, IItemCatalog catalog, RecommendationIds ids,
        RunningExperiments experiments,
        IRanker ranker, TimeProvider time)
        : IRequestHandler<Recommend, ShownList>
    {
        public async Task<ShownList> Handle(Recommend request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var assigned = await experiments.FindAsync(
                ListConfiguration.DefaultScenario, request.User, ranker, cancellationToken);
            var list = await lists.RetrieveAsync(
                memory, request.Count, request.Filter ?? ListFilter.None, request.AlwaysAnswer, cancellationToken,
                variant: assigned?.Variant.Variant?.Model);
            if (!request.IsPreview)
                Measure(list);
            var items = await catalog.WithTitlesAsync(list.Items, time.GetUtcNow(), cancellationToken);
            var configuration = new ListConfiguration(
                ListConfiguration.DefaultScenario, list.Model, assigned?.Experiment.Name, assigned?.Variant.Name);
            return new ShownList(request.User, list.Source, list.Model, list.UpdatedAt, items)
            {
                Id = request.IsPreview
                    ? null : await ids.NextAsync(
                        configuration, list.Source.ToServed(), request.User, cancellationToken),
                More = list.More,
                End = list.End,
            };
        }

        private void Measure(UserList list)
        {
            Telemetry.ListsShown.Add(1, new KeyValuePair<string, object?>("source", list.Source.ToText()));
            Telemetry.ListAge.Record((time.GetUtcNow() - list.UpdatedAt).TotalSeconds);
        }
    }
}
