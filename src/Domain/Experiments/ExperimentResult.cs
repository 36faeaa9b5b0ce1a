using System.Globalization;
using Recommendation.Domain.Statistics;

namespace Recommendation.Domain.Experiments;

/// <summary>What an experiment shows so far. Its intervals hold at every look, so it may be read every day.</summary>
public sealed record ExperimentResult
{
    /// <summary>How often a true lift may ever be outside its interval, over all variants together.</summary>
    public const double Level = 0.05;

    public required IReadOnlyList<VariantResult> Variants { get; init; }

    /// <summary>Whether the users are distributed otherwise than planned; then nothing can be concluded.</summary>
    public required bool IsSkewed { get; init; }

    public required ExperimentDecision Decision { get; init; }

    /// <summary>The variant that won or must stop; null if there is none.</summary>
    public ExperimentName? Variant { get; init; }

    /// <summary>The decision as a sentence.</summary>
    public required string Verdict { get; init; }

    /// <param name="experiment">The experiment.</param>
    /// <param name="moments">
    /// The moments of each of its variants over the users who took part, in the order of the variants.
    /// </param>
    public static ExperimentResult Of(Experiment experiment, IReadOnlyList<MetricMoments> moments)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Count != experiment.Variants.Count)
            throw new ArgumentException("Give the moments of each variant.", nameof(moments));
        // Bonferroni over the variants that are compared with the control.
        var level = Level / (moments.Count - 1);
        var variants = experiment.Variants
            .Select((variant, i) => new VariantResult(
                variant,
                moments[i],
                i == 0 ? null : Lift.Of(moments[0][experiment.Metric], moments[i][experiment.Metric], experiment.Effect,
                    level),
                i == 0 ? [] : [.. experiment.Guardrails.Select(guardrail => new GuardrailResult(
                    guardrail,
                    Lift.Of(moments[0][guardrail.Metric], moments[i][guardrail.Metric], experiment.Effect, level)))]))
            .ToList();
        var isSkewed = SampleRatioTest.IsSkewed(
            [.. moments.Select(one => one.Users)], [.. experiment.Variants.Select(variant => variant.Share)]);
        var (decision, decided) = Decide(variants, isSkewed);
        return new ExperimentResult
        {
            Variants = variants,
            IsSkewed = isSkewed,
            Decision = decision,
            Variant = decided?.Variant.Name,
            Verdict = Sentence(experiment, variants, decision, decided),
        };
    }

    private static (ExperimentDecision, VariantResult?) Decide(List<VariantResult> variants, bool isSkewed)
    {
        if (isSkewed)
            return (ExperimentDecision.Invalid, null);
        if (variants.Find(one => one.Guardrails.Any(guardrail => guardrail.IsBroken)) is { } harmful)
            return (ExperimentDecision.StopForGuardrail, harmful);
        if (variants.Where(one => one.Lift?.IsGain == true).MaxBy(one => one.Lift!.Value.Value) is { } winner)
            return (ExperimentDecision.Promote, winner);
        var treated = variants.Skip(1).ToList();
        return treated.TrueForAll(one => one.Lift?.IsLoss == true)
            ? (ExperimentDecision.KeepControl, null) : (ExperimentDecision.Undecided, null);
    }

    private static string Sentence(
        Experiment experiment, List<VariantResult> variants, ExperimentDecision decision, VariantResult? decided)
    {
        var metric = experiment.Metric.ToText();
        switch (decision)
        {
            case ExperimentDecision.Invalid:
                return "The users are distributed otherwise than planned, so nothing can be concluded: find out why "
                    + "(lists or "
                    + "impressions that are lost in one variant, bots), then start again under another name.";
            case ExperimentDecision.StopForGuardrail:
                var broken = decided!.Guardrails.First(guardrail => guardrail.IsBroken);
                return $"'{decided.Variant.Name}' "
                    + $"harms {broken.Guardrail.Metric.ToText()}: {Text(broken.Lift!.Value)}. Stop "
                    + "it.";
            case ExperimentDecision.Promote:
                return $"'{decided!.Variant.Name}' is better in {metric}: {Text(decided.Lift!.Value)}. Promote it.";
            case ExperimentDecision.KeepControl:
                return $"No variant is better in {metric} than '{experiment.Control.Name}'. Stop the experiment.";
            default:
                return variants.Skip(1).Any(one => one.Lift is not null)
                    ? $"Nothing is decided yet in {metric}: "
                        + string.Join("; ", variants.Skip(1).Select(one => $"'{one.Variant.Name}' {Text(one.Lift)}"))
                            + "."
                    : $"There are too few users with impressions and clicks or conversions for an interval yet: each "
                        + $"variant "
                        + $"needs {Lift.MinimumUsers} users, and more than {Lift.MinimumEffectiveUsers} of them with "
                            + $"an event.";
        }
    }

    private static string Text(Lift? lift) => lift is not { } known
        ? "has too few events" : string.Create(
            CultureInfo.InvariantCulture,
            $"{known.Value * 100:+0.0;-0.0} % (95 % interval {known.Interval.Lower * 100:+0.0;-0.0} to "
                + $"{known.Interval.Upper * 100:+0.0;-0.0} %)");
}

/// <summary>What to do with an experiment.</summary>
public enum ExperimentDecision
{
    /// <summary>Go on: the intervals still contain 0.</summary>
    Undecided,

    /// <summary>A variant is better than the control.</summary>
    Promote,

    /// <summary>All variants are worse than the control.</summary>
    KeepControl,

    /// <summary>A variant harms a guardrail metric.</summary>
    StopForGuardrail,

    /// <summary>The assignment is skewed.</summary>
    Invalid,
}

/// <summary>What one variant shows.</summary>
/// <param name="Lift">Against the control; null for the control, and while there is too little for an interval.</param>
public sealed record VariantResult(
    ExperimentVariant Variant, MetricMoments Moments, Lift? Lift, IReadOnlyList<GuardrailResult> Guardrails);

/// <summary>What a variant does to a guardrail metric.</summary>
public sealed record GuardrailResult(Guardrail Guardrail, Lift? Lift)
{
    /// <summary>Whether the loss is surely greater than what is tolerated.</summary>
    public bool IsBroken => Lift is { } lift && lift.Interval.Upper < -Guardrail.Tolerance;
}
