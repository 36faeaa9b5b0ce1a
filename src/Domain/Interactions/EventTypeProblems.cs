namespace Recommendation.Domain.Interactions;

/// <summary>What is wrong with settings of event types.</summary>
public static class EventTypeProblems
{
    /// <summary>One sentence for each problem; none if the types can be used.</summary>
    public static IEnumerable<string> Of(IReadOnlyDictionary<InteractionType, EventType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        return types
            .OrderBy(pair => pair.Key)
            .SelectMany(pair => OfOne(pair.Key, pair.Value, types))
            .Concat(OfAliases(types));
    }

    private static IEnumerable<string> OfOne(
        InteractionType name,
        EventType type,
        IReadOnlyDictionary<InteractionType, EventType> types
    )
    {
        if (name == InteractionType.Other)
            yield return "'other' stands for all types that are not named and can't be set.";
        if (!(Math.Abs(type.Weight) <= EventType.MaximumWeight))
            yield return $"The weight of '{name}' is {type.Weight}; give a number from -1,000,000 to 1,000,000.";
        if (type.Cancels is not { } cancelled)
            yield break;
        if (cancelled == name)
            yield return $"'{name}' cancels itself; name another type.";
        else if (!types.ContainsKey(cancelled))
            yield return $"'{name}' cancels '{cancelled}', which is not the name of a type.";
        else if (types[cancelled].Cancels is not null)
            yield return $"'{name}' cancels '{cancelled}', which cancels a type itself.";
        if (type.Weight > 0)
            yield return $"'{name}' cancels '{cancelled}' and weighs {type.Weight}; a type that cancels has a weight "
                + "of 0 or less.";
    }

    private static IEnumerable<string> OfAliases(IReadOnlyDictionary<InteractionType, EventType> types)
    {
        var owners = new Dictionary<InteractionType, InteractionType>();
        foreach (var (name, type) in types.OrderBy(pair => pair.Key))
        {
            foreach (var alias in type.Aliases.Distinct().Where(alias => alias != name))
            {
                if (alias == InteractionType.Other)
                    yield return $"'other' can't be an alias of '{name}'; it stands for all types that are not named.";
                else if (types.ContainsKey(alias))
                    yield return $"'{alias}' is an alias of '{name}' and the name of a type; keep one of the two.";
                else if (!owners.TryAdd(alias, name))
                    yield return $"'{alias}' is an alias of both '{owners[alias]}' and '{name}'; keep one of the two.";
            }
        }
    }
}
