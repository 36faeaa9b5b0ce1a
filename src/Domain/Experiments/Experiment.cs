using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Domain.Experiments;

/// <summary>
/// A comparison of variants on users who are assigned by a hash. Immutable; changes give the next version.
/// </summary>
public sealed record Experiment
{
    /// <summary>The name under which users who are held out are reported.</summary>
    public static readonly ExperimentName HoldOutName = ExperimentName.Parse("hold-out");

    public required ExperimentName Name { get; init; }

    /// <summary>Experiments of one layer share its users: no user takes part in two of them.</summary>
    public required ExperimentName Layer { get; init; }

    /// <summary>Makes the assignment independent of all other experiments.</summary>
    public required string Salt { get; init; }

    /// <summary>Which lists it concerns.</summary>
    public required string Scenario { get; init; }

    /// <summary>The variants; the first one is the control. Their shares and the hold-out add up to 1.</summary>
    public required IReadOnlyList<ExperimentVariant> Variants { get; init; }

    /// <summary>
    /// The share of the participants who get what everybody outside gets, and belong to no variant; 0 for none.
    /// </summary>
    public double HoldOut { get; init; }

    /// <summary>Which users of the layer take part, as fractions of it.</summary>
    public required LayerSlot Slot { get; init; }

    /// <summary>Users who get a variant whatever their hash says; they are not measured.</summary>
    public IReadOnlyDictionary<UserId, ExperimentName> Overrides { get; init; } =
        new Dictionary<UserId, ExperimentName>();

    /// <summary>What decides.</summary>
    public required ExperimentMetric Metric { get; init; }

    /// <summary>The currency of revenue; null where no metric is revenue.</summary>
    public string? Currency { get; init; }

    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>The lift that it was planned for, such as .05. It scales the intervals and must not change.</summary>
    public double Effect { get; init; } = DefaultEffect;

    /// <summary>The lift that an experiment is planned for if nothing else is said.</summary>
    public const double DefaultEffect = 0.05;

    /// <summary>What was done with it, by whom and why; the start first.</summary>
    public required IReadOnlyList<ExperimentChange> Changes { get; init; }

    /// <summary>The version in the store; 0 where it is not stored yet.</summary>
    public long Version { get; init; }

    public ExperimentState State => Changes[^1].State;

    public DateTimeOffset StartedAt => Changes[0].At;

    /// <summary>When it was stopped or promoted; null while it runs.</summary>
    public DateTimeOffset? EndedAt => State == ExperimentState.Running ? null : Changes[^1].At;

    public ExperimentVariant Control => Variants[0];

    /// <summary>
    /// The variant of a user: null if the user takes no part. Held-out users have a variant that no list is made for.
    /// </summary>
    public AssignedVariant? VariantOf(UserId user)
    {
        if (Overrides.Count > 0 && Overrides.TryGetValue(user, out var name))
            return new AssignedVariant(
                name, Variants.FirstOrDefault(variant => variant.Name == name), IsOverride: true);
        // The layer is its own salt, so that slots of one layer exclude each other.
        if (!Slot.Contains(Assignment.Fraction(Layer.Value, Layer, user)))
            return null;
        var place = Assignment.Fraction(Salt, Layer, user) - HoldOut;
        if (place < 0)
            return new AssignedVariant(HoldOutName, Variant: null, IsOverride: false);
        foreach (var variant in Variants)
        {
            place -= variant.Share;
            if (place < 0)
                return new AssignedVariant(variant.Name, variant, IsOverride: false);
        }
        // The shares add up to 1 but for rounding.
        return new AssignedVariant(Variants[^1].Name, Variants[^1], IsOverride: false);
    }

    /// <summary>The experiment after a change of its state.</summary>
    public Experiment With(ExperimentChange change) => this with { Changes = [.. Changes, change] };
}

/// <summary>One of the ways that are compared.</summary>
/// <param name="Share">The share of the participants; more than 0.</param>
/// <param name="Model">The model that ranks; null for the current one.</param>
public sealed record ExperimentVariant(ExperimentName Name, double Share, ModelVersion? Model = null);

/// <param name="Name">The variant's name, or <see cref="Experiment.HoldOutName"/>.</param>
/// <param name="Variant">Null for users who are held out.</param>
/// <param name="IsOverride">Whether somebody set it; then it does not count.</param>
public readonly record struct AssignedVariant(ExperimentName Name, ExperimentVariant? Variant, bool IsOverride);

/// <summary>A part of a layer: from 0 to 1, without the end.</summary>
public readonly record struct LayerSlot(double From, double To)
{
    public static readonly LayerSlot All = new(0, 1);

    public double Size => To - From;

    public bool Contains(double fraction) => fraction >= From && fraction < To;

    /// <summary>The first free part of a layer that is large enough.</summary>
    /// <param name="size">How much of the layer, 0–1.</param>
    /// <param name="taken">The slots of the experiments that run in it.</param>
    /// <returns>Null if there is none.</returns>
    public static LayerSlot? FirstFree(double size, IEnumerable<LayerSlot> taken)
    {
        const double rounding = 1e-9;
        var from = 0d;
        foreach (var slot in taken.OrderBy(slot => slot.From))
        {
            if (slot.From - from >= size - rounding)
                break;
            from = Math.Max(from, slot.To);
        }
        return from + size <= 1 + rounding ? new LayerSlot(from, Math.Min(1, from + size)) : null;
    }
}

/// <summary>Whether an experiment goes on.</summary>
public enum ExperimentState
{
    Running,

    /// <summary>Nothing follows from it: everybody gets what was before.</summary>
    Stopped,

    /// <summary>A variant won, and was made what everybody gets.</summary>
    Promoted,
}

/// <summary>What was done with an experiment.</summary>
/// <param name="State">What it is since.</param>
/// <param name="At">When (UTC).</param>
/// <param name="By">Who: a key, an account, or a person.</param>
/// <param name="Why">Why; a sentence.</param>
/// <param name="Variant">The variant that won; null otherwise.</param>
public sealed record ExperimentChange(
    ExperimentState State, DateTimeOffset At, string By, string Why, ExperimentName? Variant = null);
