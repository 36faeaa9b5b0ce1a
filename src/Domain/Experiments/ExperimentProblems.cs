using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Experiments;

/// <summary>What is wrong with an experiment that is to be started.</summary>
public static class ExperimentProblems
{
    /// <summary>What to do where revenue is compared without a currency.</summary>
    public const string CurrencyNeeded =
        "Revenue is compared in one currency: name it, such as EUR, or 'none' for events that name none.";

    /// <summary>How many users can be given a variant by name.</summary>
    public const int MaximumOverrides = 1000;

    /// <summary>How long a reason may be, in characters.</summary>
    public const int MaximumReason = 1000;

    private const double Rounding = 1e-6;

    /// <summary>Whether a text is the code of a currency as it is stored, or <c>none</c>.</summary>
    public static bool IsCurrency(string? text) =>
        text is not null && string.Equals(CurrencyCode.Of(text).Value, text, StringComparison.Ordinal);

    /// <returns>One sentence each; none if it can be started.</returns>
    public static IEnumerable<string> Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (experiment.Variants.Count is < 2 or > 10)
            yield return $"An experiment has 2–10 variants, the control included; this one has "
                + $"{experiment.Variants.Count}.";
        foreach (var name in experiment.Variants.GroupBy(one => one.Name).Where(group => group.Count() > 1))
            yield return $"Two variants are called '{name.Key}'; give each a name of its own.";
        if (experiment.Variants.Any(variant => variant.Name == Experiment.HoldOutName))
            yield return $"'{Experiment.HoldOutName}' is the name of the users who are held out; call the variant "
                + "otherwise.";
        if (experiment.Variants.FirstOrDefault(one => !(one.Share is >= 0.001 and < 1)) is { } wrong)
            yield return $"Variant '{wrong.Name}' has a share of {wrong.Share * 100:0.###} %; each variant, the "
                + $"control "
                + "included, needs at least 0.1 %. Give smaller shares to the others.";
        if (experiment.HoldOut is not (>= 0 and <= 0.5))
            yield return $"The hold-out is {experiment.HoldOut * 100:0.###} %; give 0–50 %.";
        if (Math.Abs(experiment.Variants.Sum(variant => variant.Share) + experiment.HoldOut - 1) > Rounding)
            yield return "The shares of the variants and the hold-out do not add up to 100 %.";
        if (!(experiment.Slot.Size is > 0 and <= 1))
            yield return "The traffic is the share of the users who take part: more than 0 % and at most 100 %.";
        if (experiment.Effect is not (>= 0.001 and <= 1))
            yield return $"The planned effect is {experiment.Effect * 100:0.###} %; give 0.1–100 %.";
        if (experiment.Guardrails.FirstOrDefault(one => one.Tolerance is not (>= 0 and < 1)) is { } guardrail)
            yield return $"The guardrail {guardrail.Metric.ToText()} tolerates {guardrail.Tolerance * 100:0.###} %; "
                + $"give "
                + "0–99 %.";
        if (experiment.Guardrails.DistinctBy(one => one.Metric).Count() < experiment.Guardrails.Count)
            yield return "A metric has two guardrails; give it one.";
        if (experiment.Currency is not null && !IsCurrency(experiment.Currency))
            yield return $"'{experiment.Currency}' is no currency; give a code of ISO 4217, such as EUR.";
        else if (experiment.Currency is null && IsOfRevenue(experiment))
            yield return CurrencyNeeded;
        if (experiment.Overrides.Count > MaximumOverrides)
            yield return $"{experiment.Overrides.Count} users are given a variant by name; give it to at most "
                + $"{MaximumOverrides}.";
        if (experiment.Overrides.Values.FirstOrDefault(name => !IsVariant(experiment, name))
            is { Value: not null } other)
            yield return $"An override names '{other}', which is no variant and not '{Experiment.HoldOutName}'.";
        if (experiment.Changes is [] || experiment.Changes.Any(change => string.IsNullOrWhiteSpace(change.Why)))
            yield return "Say why the experiment is started.";
        if (experiment.Changes.Any(change => change.Why?.Length > MaximumReason))
            yield return $"The reason is too long; give at most {MaximumReason} characters.";
    }

    private static bool IsOfRevenue(Experiment experiment) =>
        experiment.Metric == ExperimentMetric.Revenue
        || experiment.Guardrails.Any(one => one.Metric == ExperimentMetric.Revenue);

    private static bool IsVariant(Experiment experiment, ExperimentName name) =>
        name == Experiment.HoldOutName || experiment.Variants.Any(variant => variant.Name == name);
}
