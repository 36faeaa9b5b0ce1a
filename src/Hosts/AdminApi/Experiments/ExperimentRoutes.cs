using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Security;
using Recommendation.Application.Experiments;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.AdminApi.Experiments;

/// <summary>Experiments: started, read, and ended.</summary>
internal static class ExperimentRoutes
{
    internal static async Task<ExperimentsView> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        ExperimentsView.Of(await mediator.Send(new ListExperiments(), cancellationToken));

    internal static async Task<ExperimentResultView> GetAsync(
        string name, IMediator mediator, CancellationToken cancellationToken) =>
        ExperimentResultView.Of(await mediator.Send(new ShowExperiment(NameOf(name)), cancellationToken));

    internal static async Task<ExperimentHistoryView> HistoryAsync(
        string name, IMediator mediator, CancellationToken cancellationToken) =>
        ExperimentHistoryView.Of(await mediator.Send(new ShowExperimentHistory(NameOf(name)), cancellationToken));

    internal static async Task<ExperimentView> StartAsync(
        HttpContext context, ExperimentBody body, IMediator mediator, CancellationToken cancellationToken) =>
        ExperimentView.Of(await mediator.Send(body.ToRequest(Caller.Of(context).Id), cancellationToken));

    internal static async Task<ExperimentView> StopAsync(
        HttpContext context, string name, EndExperimentBody body, IMediator mediator,
        CancellationToken cancellationToken) =>
        ExperimentView.Of(await mediator.Send(
            new EndExperiment(NameOf(name), body.Why, Caller.Of(context).Id), cancellationToken));

    internal static async Task<ExperimentView> PromoteAsync(
        HttpContext context, string name, PromoteVariantBody body, IMediator mediator,
        CancellationToken cancellationToken) =>
        ExperimentView.Of(await mediator.Send(
            new EndExperiment(NameOf(name), body.Why, Caller.Of(context).Id, NameOf(body.Variant), body.Force),
            cancellationToken));

    internal static ExperimentName NameOf(string text) => PathIds.Read(ExperimentName.Parse, text);
}

/// <summary>An experiment to start.</summary>
/// <param name="Name">Its name, which no other experiment ever had.</param>
/// <param name="Variants">The variants that are compared with the control; shares are fractions, and the control gets
/// the rest.</param>
/// <param name="Why">Why.</param>
/// <param name="Metric">What decides: <c>ctr</c> (if absent), <c>conversion</c> or <c>revenue</c>.</param>
/// <param name="Currency">The currency of revenue.</param>
/// <param name="Traffic">The share of the users who take part; 1 if absent.</param>
/// <param name="HoldOut">The share of the participants who belong to no variant; 0 if absent.</param>
/// <param name="Effect">The lift that it is planned for; .05 if absent.</param>
/// <param name="Guardrails">Metrics that no variant may harm, and the loss that is tolerated.</param>
/// <param name="Overrides">Users who get a variant whatever the hash says.</param>
/// <param name="Layer">Experiments of one layer share no users; that of the lists if absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExperimentBody(
    string Name,
    IReadOnlyList<VariantBody> Variants,
    string Why,
    string? Metric = null,
    string? Currency = null,
    double? Traffic = null,
    double? HoldOut = null,
    double? Effect = null,
    IReadOnlyList<GuardrailDocument>? Guardrails = null,
    IReadOnlyDictionary<string, string>? Overrides = null,
    string? Layer = null)
{
    internal StartExperiment ToRequest(string by) =>
        new(
            ExperimentRoutes.NameOf(Name),
            [
                .. Variants.Select((one, i) => Given(one, $"variants[{i}]")).Select(one => new ExperimentVariant(
                    ExperimentRoutes.NameOf(one.Name), one.Share,
                    one.Model is { } model ? PathIds.Read(ModelVersion.Parse, model) : null)),
            ],
            Why,
            by)
        {
            Layer = Layer is null ? null : ExperimentRoutes.NameOf(Layer),
            Traffic = Traffic ?? 1,
            HoldOut = HoldOut ?? 0,
            Metric = MetricOf(Metric ?? "ctr"),
            Currency = CurrencyCode.Normalise(Currency),
            Guardrails =
            [
                .. (Guardrails ?? []).Select((one, i) => Given(one, $"guardrails[{i}]"))
                    .Select(one => new Guardrail(MetricOf(one.Metric), one.Tolerance)),
            ],
            Effect = Effect ?? Experiment.DefaultEffect,
            Overrides = (Overrides ?? new Dictionary<string, string>(StringComparer.Ordinal)).ToDictionary(
                one => PathIds.Read(UserId.Parse, one.Key),
                one => ExperimentRoutes.NameOf(Given(one.Value, $"The override of '{one.Key}'"))),
        };

    /// <summary>JSON lets elements of lists be null.</summary>
    private static T Given<T>(T? value, string name)
        where T : class => value ?? throw ApiProblem.Wrong($"{name} is null.");

    private static ExperimentMetric MetricOf(string text) => ExperimentMetricText.Parse(text)
        ?? throw ApiProblem.Wrong($"'{text}' is no metric; give ctr, conversion or revenue.");
}

/// <summary>A variant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share of the participants: .5 is half.</param>
/// <param name="Model">The model that ranks; the current one if absent, as in an A/A test.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record VariantBody(string Name, double Share, string? Model = null);

/// <summary>Why an experiment is stopped.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EndExperimentBody(string Why);

/// <summary>Which variant is promoted, and why.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Why">Why.</param>
/// <param name="Force">Whether to take a model that the gate turned away; false if absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PromoteVariantBody(string Variant, string Why, bool Force = false);
