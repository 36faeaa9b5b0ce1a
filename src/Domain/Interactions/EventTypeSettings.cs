using System.Collections.Frozen;
using Recommendation.Domain.Feedback;

namespace Recommendation.Domain.Interactions;

/// <summary>
/// What each type of interaction means. A type that is not named weighs nothing, hides nothing, and is counted as
/// <c>other</c>. An alias stands for the type that names it, everywhere.
/// </summary>
public sealed class EventTypeSettings
{
    /// <summary>The settings of a deployment that sets none.</summary>
    public static readonly EventTypeSettings Default = new(BuiltInEventTypes.All);

    /// <summary>
    /// What models were trained with before they recorded their settings: every type that is not named weighed 1.
    /// </summary>
    public static readonly EventTypeSettings BeforeRecorded = new(BuiltInEventTypes.BeforeRecorded, unnamedWeight: 1);

    private readonly FrozenDictionary<InteractionType, (InteractionType Name, EventType Type)> _byName;
    private readonly double _unnamedWeight;

    /// <exception cref="ArgumentException">The types contradict each other; the message says how.</exception>
    public EventTypeSettings(IReadOnlyDictionary<InteractionType, EventType> types)
        : this(types, unnamedWeight: 0)
    {
    }

    private EventTypeSettings(IReadOnlyDictionary<InteractionType, EventType> types, double unnamedWeight)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (EventTypeProblems.Of(types).FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(types));
        Types = types.ToFrozenDictionary();
        _byName = Types
            .SelectMany(
                pair => pair.Value.Aliases.Append(pair.Key).Distinct(),
                (pair, name) => (name, pair.Key, pair.Value)
            )
            .ToFrozenDictionary(entry => entry.name, entry => (entry.Key, entry.Value));
        HasCancellations = Types.Values.Any(type => type.Cancels is not null);
        _unnamedWeight = unnamedWeight;
    }

    /// <summary>The named types.</summary>
    public IReadOnlyDictionary<InteractionType, EventType> Types { get; }

    /// <summary>Whether any type cancels another.</summary>
    public bool HasCancellations { get; }

    /// <summary>
    /// A type that speaks for an item: a view unless it weighs nothing, else the type that weighs most.
    /// </summary>
    public InteractionType Interest => WeightOf(InteractionType.View, value: null) > 0
        ? Canonical(InteractionType.View) : Types.MaxBy(pair => pair.Value.Weight).Key;

    /// <summary>What an event says about taste; 0 where nothing.</summary>
    /// <param name="type">The event's type or an alias of it.</param>
    /// <param name="value">The event's value; null if it has none.</param>
    public double WeightOf(InteractionType type, double? value) =>
        _byName.TryGetValue(type, out var named) ? named.Type.Value.Apply(named.Type.Weight, value) : _unnamedWeight;

    /// <summary>Whether the item of such an event is never offered to the user again.</summary>
    public bool Hides(InteractionType type) => _byName.TryGetValue(type, out var named) && named.Type.Hides;

    /// <summary>What such an event means in metrics.</summary>
    public FeedbackRole RoleOf(InteractionType type) =>
        _byName.TryGetValue(type, out var named) ? named.Type.Role : FeedbackRole.None;

    /// <summary>Whether the value of such an event is an amount of money.</summary>
    public bool IsRevenue(InteractionType type) => _byName.TryGetValue(type, out var named) && named.Type.IsRevenue;

    /// <summary>The type that such an event cancels; null if it cancels none.</summary>
    public InteractionType? CancelledBy(InteractionType type) =>
        _byName.TryGetValue(type, out var named) ? named.Type.Cancels : null;

    /// <summary>The type that an alias stands for; any other type itself.</summary>
    public InteractionType Canonical(InteractionType type) =>
        _byName.TryGetValue(type, out var named) ? named.Name : type;

    /// <summary>The name under which a type is counted: its own, or <c>other</c> if it is not named.</summary>
    public InteractionType CountedAs(InteractionType type) =>
        _byName.TryGetValue(type, out var named) ? named.Name : InteractionType.Other;

    /// <summary>
    /// Whether such an event is no act of the user: an impression, whatever it is set to weigh, or of a named type that
    /// weighs nothing and hides nothing.
    /// </summary>
    public bool IsNoAct(InteractionType type) =>
        _byName.TryGetValue(type, out var named)
        && (named.Type is { Weight: 0, Hides: false } || named.Name == InteractionType.Impression);

    /// <summary>Whether the settings name the type, or an alias of it.</summary>
    public bool IsKnown(InteractionType type) => _byName.ContainsKey(type);
}
