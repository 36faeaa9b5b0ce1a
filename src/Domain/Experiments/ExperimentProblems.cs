namespace Recommendation.Domain.Experiments;

/// <summary>What is wrong with an experiment that is to be started.</summary>
public static class ExperimentProblems
{
    private const double Rounding = 1e-6;

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
        if (experiment.Overrides.Values.FirstOrDefault(name => !IsVariant(experiment, name))
            is { Value: not null } other)
            yield return $"An override names '{other}', which is no variant and not '{Experiment.HoldOutName}'.";
        if (experiment.Changes is [] || experiment.Changes.Any(change => string.IsNullOrWhiteSpace(change.Why)))
            yield return "Say why the experiment is started.";
    }

    private static bool IsVariant(Experiment experiment, ExperimentName name) =>
        name == Experiment.HoldOutName || experiment.Variants.Any(variant => variant.Name == name);
}
