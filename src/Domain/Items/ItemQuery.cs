using System.Globalization;
using System.Text;

namespace Recommendation.Domain.Items;

/// <summary>Which items of the catalogue somebody looks for: those with all words and all values.</summary>
public sealed class ItemQuery
{
    /// <summary>How many words may be looked for.</summary>
    public const int MaximumWords = 16;

    /// <summary>Every item.</summary>
    public static readonly ItemQuery All = new([], []);

    private ItemQuery(IReadOnlyList<ItemWord> words, IReadOnlyList<string> marks) => (Words, Marks) = (words, marks);

    /// <summary>The words, in small letters.</summary>
    public IReadOnlyList<ItemWord> Words { get; }

    /// <summary>A mark for each value that an attribute must have.</summary>
    public IReadOnlyList<string> Marks { get; }

    /// <summary>Whether every item is looked for.</summary>
    public bool IsAll => Words.Count + Marks.Count == 0;

    /// <param name="text">Words, whatever their capitals; one that ends with * is the beginning of a word.</param>
    /// <param name="values">The values that attributes must have.</param>
    public static ItemQuery Of(string? text, IEnumerable<(string Name, AttributeValue Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var words = ItemWords.Split(text ?? "").Distinct().Take(MaximumWords).ToList();
        return new(words, [.. values.Select(one => ItemWords.MarkOf(one.Name, one.Value))]);
    }

    /// <summary>Whether the item is one of those.</summary>
    public bool Matches(CatalogItem item)
    {
        if (IsAll)
            return true;
        var (words, marks) = ItemWords.Of(item);
        var known = ItemWords.Split(words).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        return Marks.All(marks.Contains) && Words.All(word => word.IsBeginning
            ? known.Any(one => one.StartsWith(word.Text, StringComparison.Ordinal)) : known.Contains(word.Text));
    }
}

/// <summary>A word to look for, in small letters.</summary>
/// <param name="Text">Letters and digits.</param>
/// <param name="IsBeginning">Whether longer words that begin with it will do.</param>
public readonly record struct ItemWord(string Text, bool IsBeginning);

/// <summary>What an item is found by.</summary>
public static class ItemWords
{
    /// <summary>The item's texts, and a mark for each value of an attribute that can be asked for.</summary>
    public static (string Text, IReadOnlySet<string> Marks) Of(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var text = new StringBuilder(item.Title);
        var marks = new HashSet<string>(StringComparer.Ordinal);
        text.Append('\n').Append(item.Description);
        foreach (var category in item.Categories)
            text.Append('\n').Append(category);
        foreach (var property in ItemProperty.All)
        {
            if (property.Name is "price" or "currency" or "group" && property.Get(item) is { } value)
                marks.Add(MarkOf(property.Name, value));
        }
        foreach (var (name, value) in item.Attributes)
            Add(text, marks, name, value);
        return (text.ToString(), marks);
    }

    /// <summary>A word that stands for a value of an attribute, whatever the capitals of a text.</summary>
    public static string MarkOf(string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = value.Type switch
        {
            AttributeType.Text => value.Text.Trim().ToLowerInvariant(),
            AttributeType.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
            AttributeType.Boolean => value.Boolean ? "true" : "false",
            AttributeType.Time => Timestamps.Format(value.Time),
            _ => throw new ArgumentException("A list and a vector have no mark.", nameof(value)),
        };
        return string.Create(CultureInfo.InvariantCulture, $"x{StableHash.Of($"{name}\n{text}"):x16}");
    }

    /// <summary>The words of a text: small letters and digits.</summary>
    internal static IEnumerable<ItemWord> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
                continue;
            if (word.Length > 0)
                yield return new(word.ToString(), rune.Value == '*');
            word.Clear();
        }
        if (word.Length > 0)
            yield return new(word.ToString(), IsBeginning: false);
    }

    private static void Add(StringBuilder text, HashSet<string> marks, string name, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.Text:
                text.Append('\n').Append(value.Text);
                marks.Add(MarkOf(name, value));
                break;
            case AttributeType.TextList:
                foreach (var one in value.Texts)
                    Add(text, marks, name, AttributeValue.Of(one));
                break;
            case AttributeType.Vector:
                break;
            default:
                marks.Add(MarkOf(name, value));
                break;
        }
    }
}
