using System.Globalization;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Experiments;

/// <summary>An experiment as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>running</c>, <c>stopped</c> or <c>promoted</c>.</param>
/// <param name="Scenario">Which lists it concerns.</param>
/// <param name="Layer">Experiments of one layer share no users.</param>
/// <param name="Traffic">The share of the layer's users who take part.</param>
/// <param name="HoldOut">The share of the participants who belong to no variant.</param>
/// <param name="Metric">What decides: <c>ctr</c>, <c>conversion</c> or <c>revenue</c>.</param>
/// <param name="Currency">The currency of revenue; null for none.</param>
/// <param name="Effect">The lift that it is planned for.</param>
/// <param name="Variants">The variants, the control first.</param>
/// <param name="Guardrails">What no variant may harm.</param>
/// <param name="Overrides">How many users were given a variant by name.</param>
/// <param name="Changes">What was done with it, by whom and why.</param>
public sealed record ExperimentView(
    string Name,
    string State,
    string Scenario,
    string Layer,
    double Traffic,
    double HoldOut,
    string Metric,
    string? Currency,
    double Effect,
    IReadOnlyList<ExperimentVariantDocument> Variants,
    IReadOnlyList<GuardrailDocument> Guardrails,
    int Overrides,
    IReadOnlyList<ExperimentChangeDocument> Changes)
{
    public static ExperimentView Of(Experiment experiment)
    {
        var document = ExperimentDocument.From(experiment);
        return new(
            document.Name, ExperimentDocument.StateText(experiment.State), document.Scenario, document.Layer,
            experiment.Slot.Size, document.HoldOut, document.Metric, document.Currency, document.Effect,
            document.Variants,
            document.Guardrails, document.Overrides.Count, document.Changes);
    }
}

/// <summary>All experiments.</summary>
public sealed record ExperimentsView(IReadOnlyList<ExperimentView> Experiments)
{
    public static ExperimentsView Of(ListedExperiments listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return new([.. listed.Experiments.Select(ExperimentView.Of)]);
    }
}

/// <summary>What an experiment shows so far.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Decision"><c>undecided</c>, <c>promote</c>, <c>keep-control</c>, <c>stop-for-guardrail</c> or
/// <c>invalid</c>.</param>
/// <param name="Variant">The variant that won or must stop; null for none.</param>
/// <param name="Verdict">The decision as a sentence.</param>
/// <param name="Skewed">Whether the users are distributed otherwise than planned.</param>
/// <param name="Variants">The figures of each variant.</param>
public sealed record ExperimentResultView(
    ExperimentView Experiment,
    string Decision,
    string? Variant,
    string Verdict,
    bool Skewed,
    IReadOnlyList<VariantResultView> Variants)
{
    public static ExperimentResultView Of(ShownExperiment shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return new(
            ExperimentView.Of(shown.Experiment),
            shown.Result.Decision switch
            {
                ExperimentDecision.Promote => "promote",
                ExperimentDecision.KeepControl => "keep-control",
                ExperimentDecision.StopForGuardrail => "stop-for-guardrail",
                ExperimentDecision.Invalid => "invalid",
                _ => "undecided",
            },
            shown.Result.Variant?.Value,
            shown.Result.Verdict,
            shown.Result.IsSkewed,
            [.. shown.Result.Variants.Zip(shown.Totals, VariantResultView.Of)]);
    }
}

/// <summary>The figures of a variant, of users who were assigned to it and saw a list.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Users">How many users.</param>
/// <param name="Lists">Lists that they saw.</param>
/// <param name="Impressions">Items that they saw.</param>
/// <param name="Clicks">Their clicks.</param>
/// <param name="Conversions">Their conversions.</param>
/// <param name="Revenue">Their revenue in the experiment's currency.</param>
/// <param name="Ctr">Clicks per impression.</param>
/// <param name="ConversionRate">Conversions per list.</param>
/// <param name="RevenuePerList">Revenue per list.</param>
/// <param name="Lift">How much higher the deciding metric is than the control's; null for the control, and with too few
/// events.</param>
public sealed record VariantResultView(
    string Name,
    long Users,
    long Lists,
    long Impressions,
    long Clicks,
    long Conversions,
    double Revenue,
    double? Ctr,
    double? ConversionRate,
    double? RevenuePerList,
    LiftView? Lift)
{
    internal static VariantResultView Of(VariantResult result, UserTotals totals) => new(
        result.Variant.Name.Value,
        result.Moments.Users,
        totals.Lists,
        totals.Impressions,
        totals.Clicks,
        totals.Conversions,
        totals.Revenue,
        result.Moments.Ctr.Ratio,
        result.Moments.Conversion.Ratio,
        result.Moments.Revenue.Ratio,
        result.Lift is { } lift ? LiftView.Of(lift) : null);
}

/// <summary>What an experiment showed at the end of each of its days, oldest first.</summary>
/// <param name="Name">The experiment.</param>
/// <param name="Metric">What decides.</param>
/// <param name="Days">The days; every few days of a long experiment.</param>
public sealed record ExperimentHistoryView(string Name, string Metric, IReadOnlyList<ExperimentDayView> Days)
{
    public static ExperimentHistoryView Of(ExperimentHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var metric = history.Experiment.Metric;
        return new(
            history.Experiment.Name.Value, metric.ToText(),
            [.. history.Days.Select(one => ExperimentDayView.Of(one, metric))]);
    }
}

/// <summary>What was known at the end of a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Variants">The variants, the control first.</param>
public sealed record ExperimentDayView(string Day, IReadOnlyList<VariantDayView> Variants)
{
    internal static ExperimentDayView Of(ExperimentDay day, ExperimentMetric metric) => new(
        day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [.. day.Result.Variants.Select(one => VariantDayView.Of(one, metric))]);
}

/// <summary>A variant at the end of a day.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Users">How many users had seen a list.</param>
/// <param name="Value">The deciding metric; null if there was nothing to divide by.</param>
/// <param name="Lift">How much higher it was than the control's; null for the control, and with too few events.</param>
public sealed record VariantDayView(string Name, long Users, double? Value, LiftView? Lift)
{
    internal static VariantDayView Of(VariantResult result, ExperimentMetric metric) => new(
        result.Variant.Name.Value, result.Moments.Users, result.Moments[metric].Ratio,
        result.Lift is { } lift ? LiftView.Of(lift) : null);
}

/// <summary>A lift and its interval, which holds at every look.</summary>
public sealed record LiftView(double Value, double Lower, double Upper)
{
    internal static LiftView Of(Lift lift) => new(lift.Value, lift.Interval.Lower, lift.Interval.Upper);
}

/// <summary>What an experiment needs.</summary>
/// <param name="Value">The metric over the last 28 days; null if nothing was counted.</param>
/// <param name="Users">Users with lists in these days.</param>
/// <param name="UsersNeeded">Users that all variants need together; null if nothing was counted.</param>
/// <param name="Days">How many of these days had as many users; null if all had not.</param>
/// <param name="DetectableLift">The lift that 28 such days find; null if nothing was counted.</param>
/// <param name="Sentence">The plan as a sentence.</param>
public sealed record ExperimentPlanView(
    double? Value, long Users, long? UsersNeeded, int? Days, double? DetectableLift, string Sentence)
{
    public static ExperimentPlanView Of(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan.Value, plan.Users, plan.UsersNeeded, plan.Days, plan.DetectableLift, SentenceOf(plan));
    }

    private static string SentenceOf(ExperimentPlan plan)
    {
        if (plan.UsersNeeded is not { } needed || plan.DetectableLift is not { } lift)
            return "Too little is counted of the last 28 days to plan with: send impressions, clicks and conversions "
                + "with the lists' "
                + "recommendationId first.";
        return plan.Days is { } days
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{needed:n0} users are needed; the last {days} days had as many. 28 days find a lift "
                    + $"of {lift * 100:0.0} %.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{needed:n0} users are needed, and the last 28 days had {plan.Users:n0}: they find a lift "
                    + $"of {lift * 100:0.0} %. Plan "
                    + $"for a larger effect or a larger share, or for more time.");
    }
}
