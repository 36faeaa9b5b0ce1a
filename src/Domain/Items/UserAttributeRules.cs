using System.Globalization;

namespace Recommendation.Domain.Items;

/// <summary>How many attributes a user may have, such as a country, a segment or an age band.</summary>
public static class UserAttributeRules
{
    /// <summary>How many attributes a user may have.</summary>
    public const int MaximumAttributes = 32;

    /// <summary>How many bytes they may have together, counted as those of items.</summary>
    public const int MaximumBytes = 4096;

    /// <summary>The attributes after a change.</summary>
    /// <param name="known">The attributes before it.</param>
    /// <param name="values">What changes; null removes an attribute.</param>
    public static IReadOnlyDictionary<string, AttributeValue> Apply(
        IReadOnlyDictionary<string, AttributeValue> known, IReadOnlyDictionary<string, AttributeValue?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var changed = new Dictionary<string, AttributeValue>(known, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (value is null)
                changed.Remove(name);
            else
                changed[name] = value;
        }
        return changed;
    }

    /// <returns>A sentence about what there is too much of; null if the attributes may be stored.</returns>
    public static string? ProblemOf(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.Count > MaximumAttributes)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The user would have {attributes.Count} attributes; at most {MaximumAttributes} are allowed.");
        return attributes.Sum(one => ItemRules.SizeOf(one.Key, one.Value)) is var size and > MaximumBytes
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The user's attributes would have {size} bytes; at most {MaximumBytes} are allowed.")
            : null;
    }
}
