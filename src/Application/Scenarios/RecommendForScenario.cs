using FluentValidation;
using MediatR;
using Recommendation.Application.Experiments;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// A list of a scenario: for a user, or for a visitor with a history that the request holds. Nothing is stored.
/// </summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="User">The user; null for a visitor.</param>
public sealed record RecommendForScenario(ScenarioName Scenario, UserId? User = null) : IRequest<ShownList>
{
    /// <summary>The most items of a history, a basket, or candidates.</summary>
    public const int MaximumItems = 1_000;

    /// <summary>How many items are wanted; null for what the scenario says.</summary>
    public int? Count { get; init; }

    /// <summary>What the request leaves out.</summary>
    public ListFilter Filter { get; init; } = ListFilter.None;

    /// <summary>The interactions of a visitor; null for a user's own.</summary>
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    /// <summary>The items of the basket.</summary>
    public IReadOnlyList<ItemId> Basket { get; init; } = [];

    /// <summary>Items to be put in order; null for any item.</summary>
    public IReadOnlyList<ItemId>? Candidates { get; init; }

    /// <summary>What the request says of itself, for conditions.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Context { get; init; } =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Whether an operator only looks: then the list does not count as shown.</summary>
    public bool IsPreview { get; init; }

    /// <summary>A scenario that is tried and not in force; null for the stored one.</summary>
    public Scenario? Draft { get; init; }

    internal sealed class Validator : AbstractValidator<RecommendForScenario>
    {
        public Validator()
        {
            RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
                .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
            RuleFor(request => request).Must(request => request.User is null || request.History is null)
                .WithMessage("Give userId or history, not both: a user's history is known.");
            RuleFor(request => request).Must(request => Largest(request) <= MaximumItems)
                .WithMessage($"history, basket and candidates have at most {MaximumItems} items each.");
        }

        private static int Largest(RecommendForScenario request) => new[]
        {
            request.History?.Count ?? 0, request.Basket.Count, request.Candidates?.Count ?? 0,
        }.Max();
    }

    internal sealed class Handler(
        UserMemories memories,
        IUserAttributes attributes,
        ScenarioCatalogue catalogue,
        IScenarios scenarios,
        ScenarioCompiler compiler,
        ScenarioSchema schema,
        ScenarioLists lists,
        RecommendationIds ids,
        RunningExperiments experiments,
        IRanker ranker,
        EventTypeSettings types,
        TimeProvider time
    ) : IRequestHandler<RecommendForScenario, ShownList>
    {
        public async Task<ShownList> Handle(RecommendForScenario request, CancellationToken cancellationToken)
        {
            var scenario = request.Draft is { } draft
                ? compiler.Compile(request.Scenario, 0, draft, await schema.ReadAsync(cancellationToken))
                : await catalogue.FindAsync(request.Scenario, scenarios, compiler, schema, cancellationToken);
            var subject = request.User is { } user
                ? ListSubject.Of(await memories.FindAsync(user, cancellationToken))
                : ListSubject.Of(request.History ?? [], types);
            if (request.User is { } known && scenario.AsksForUser)
                subject = subject with { Attributes = await attributes.FindAsync(known, cancellationToken) };
            var assigned = request is { User: { } assignee, Draft: null }
                ? await experiments.FindAsync(request.Scenario.Value, assignee, ranker, cancellationToken) : null;
            var query = new ScenarioQuery(
                subject, request.Count ?? request.Candidates?.Count ?? scenario.Scenario.N, request.Filter)
            {
                Basket = request.Basket,
                Candidates = request.Candidates,
                Context = request.Context,
                Variant = assigned?.Variant.Variant?.Model,
            };
            var list = await lists.RetrieveAsync(scenario, query, cancellationToken);
            if (request.Draft is not null || request.IsPreview)
                return list;
            Measure(list);
            var configuration = new ListConfiguration(
                request.Scenario.Value, list.Model, assigned?.Experiment.Name, assigned?.Variant.Name);
            return list with
            {
                Id = await ids.NextAsync(configuration, list.Source.ToServed(), request.User, cancellationToken),
            };
        }

        private void Measure(ShownList list)
        {
            Telemetry.ListsShown.Add(1, new KeyValuePair<string, object?>("source", list.Source.ToText()));
            Telemetry.ListAge.Record((time.GetUtcNow() - list.UpdatedAt).TotalSeconds);
        }
    }
}
