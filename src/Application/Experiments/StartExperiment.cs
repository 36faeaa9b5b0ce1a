using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Experiments;

/// <summary>Starts an experiment: from now on its users get their variant.</summary>
/// <param name="Name">Its name, which no other experiment ever had.</param>
/// <param name="Variants">The variants that are compared with the control, which gets what they leave.</param>
/// <param name="Why">Why.</param>
/// <param name="By">Who.</param>
public sealed record StartExperiment(
    ExperimentName Name, IReadOnlyList<ExperimentVariant> Variants, string Why, string By) : IRequest<Experiment>
{
    /// <summary>The control's name.</summary>
    public static readonly ExperimentName ControlName = ExperimentName.Parse("control");

    /// <summary>Which lists it concerns.</summary>
    public string Scenario { get; init; } = ListConfiguration.DefaultScenario;

    /// <summary>The layer; null for the one that is named as the scenario.</summary>
    public ExperimentName? Layer { get; init; }

    /// <summary>The share of the layer's users who take part.</summary>
    public double Traffic { get; init; } = 1;

    public double HoldOut { get; init; }

    public ExperimentMetric Metric { get; init; } = ExperimentMetric.Ctr;

    public string? Currency { get; init; }

    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>The lift that it is planned for.</summary>
    public double Effect { get; init; } = Experiment.DefaultEffect;

    public IReadOnlyDictionary<UserId, ExperimentName> Overrides { get; init; } =
        new Dictionary<UserId, ExperimentName>();

    internal sealed class Handler(
        IEnumerable<IExperimentStore> stores, IModelStore models, IRanker ranker, TimeProvider time)
        : IRequestHandler<StartExperiment, Experiment>
    {
        private const int Attempts = 5;

        public async Task<Experiment> Handle(StartExperiment request, CancellationToken cancellationToken)
        {
            var store = stores.LastOrDefault()
                ?? throw RefusedException.Unsupported(CountFeedback.NotHere);
            await RequireModelsAsync(request, cancellationToken);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var experiment = Make(request, await store.ListAsync(cancellationToken));
                if (ExperimentProblems.Of(experiment).ToList() is { Count: > 0 } problems)
                    throw new RefusedException(string.Join(' ', problems));
                if (await store.SaveAsync(experiment, cancellationToken) is { } saved)
                    return saved;
            }
            throw new StoreUnavailableException("Other experiments are being started at the same time; ask again.");
        }

        private Experiment Make(StartExperiment request, IReadOnlyList<Experiment> all)
        {
            if (all.FirstOrDefault(one => one.Name == request.Name) is { } other)
                throw new RefusedException(
                    $"There is an experiment '{other.Name}' of {other.StartedAt:yyyy-MM-dd} already. Its name stays "
                        + $"with its "
                        + "figures: choose another one.");
            var layer = request.Layer ?? ExperimentName.TryParse(request.Scenario)
                ?? throw new RefusedException(
                    $"Name a layer: the scenario '{request.Scenario}' can't be the name of one.");
            var running = all.Where(one => one.State == ExperimentState.Running).ToList();
            if (running.Find(one => one.Layer != layer && IsOf(one, request.Scenario)) is { } elsewhere)
                throw new RefusedException(
                    $"Experiment '{elsewhere.Name}' changes the same lists in the layer '{elsewhere.Layer}'. Start "
                        + $"this one in the "
                        + "same layer, so that no user takes part in both, or stop the other one.");
            var slots = running.Where(one => one.Layer == layer).Select(one => one.Slot).ToList();
            var slot = LayerSlot.FirstFree(request.Traffic, slots)
                ?? throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layer '{layer}' has no {request.Traffic * 100:0.#} % of the users left in one piece. Stop "
                        + $"an experiment "
                        + $"({string.Join(", ", running.Where(one => one.Layer == layer).Select(one => one.Name))}), "
                            + $"or give less "
                        + $"traffic."));
            var control = 1 - request.HoldOut - request.Variants.Sum(variant => variant.Share);
            return new Experiment
            {
                Name = request.Name,
                Layer = layer,
                Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                Scenario = request.Scenario,
                Variants = [new ExperimentVariant(ControlName, control), .. request.Variants],
                HoldOut = request.HoldOut,
                Slot = slot,
                Overrides = request.Overrides,
                Metric = request.Metric,
                Currency = request.Currency,
                Guardrails = request.Guardrails,
                Effect = request.Effect,
                Changes = [new ExperimentChange(ExperimentState.Running, time.GetUtcNow(), request.By, request.Why)],
            };
        }

        private async Task RequireModelsAsync(StartExperiment request, CancellationToken cancellationToken)
        {
            var wanted = request.Variants.Select(variant => variant.Model).OfType<ModelVersion>().ToList();
            var known = wanted.Count == 0
                ? [] : (await models.ListAsync(cancellationToken)).Select(model => model.Version).ToHashSet();
            foreach (var model in wanted.Where(model => !known.Contains(model)))
                throw RefusedException.Missing($"There is no model '{model}'.", NextStep.ListModels);
            foreach (var model in wanted.Distinct())
            {
                var ready = await ranker.RankAsync(new RankUsers([], model, time.GetUtcNow()), cancellationToken);
                if (ready.Model != model)
                    throw RefusedException.Unsupported(
                        "An endpoint ranks here, which serves one model, so a variant can't have a model of its own. "
                            + "Deploy the stack without model.artefact: then the functions rank themselves.");
            }
        }

        private static bool IsOf(Experiment experiment, string scenario) =>
            string.Equals(experiment.Scenario, scenario, StringComparison.Ordinal);
    }
}
