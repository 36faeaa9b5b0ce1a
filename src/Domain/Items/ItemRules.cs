using System.Globalization;
using System.Text;

namespace Recommendation.Domain.Items;

/// <summary>What an item may hold. Every way into the catalogue asks this.</summary>
public static class ItemRules
{
    /// <summary>How many attributes an item may have.</summary>
    public const int MaximumAttributes = 64;

    /// <summary>
    /// How many bytes an item may have in all: names, UTF-8 of texts, 8 for a number, and 4 for one of a vector.
    /// </summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>How many characters a title may have.</summary>
    public const int MaximumTitle = 1000;

    /// <summary>How many categories an item may have.</summary>
    public const int MaximumCategories = 20;

    /// <summary>How many characters a category may have.</summary>
    public const int MaximumCategory = 200;

    /// <summary>How many characters the text of an attribute may have.</summary>
    public const int MaximumText = 10_000;

    /// <summary>How many texts a list may have.</summary>
    public const int MaximumTexts = 256;

    /// <summary>How many numbers a vector may have.</summary>
    public const int MaximumVector = 4096;

    /// <summary>How many attributes all items together may have.</summary>
    public const int MaximumNames = 1000;

    private const int MaximumName = 64;

    /// <summary>Whether an attribute may have the name: <c>[A-Za-z_][A-Za-z0-9_]{0,63}</c>.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaximumName && !char.IsAsciiDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }

    /// <returns>A sentence about what is wrong with a change; null if nothing is.</returns>
    public static string? ProblemOf(ItemChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (ProblemOf("title", change.Title ?? "", MaximumTitle) is { } badTitle)
            return badTitle;
        if (ProblemOf(change.Categories ?? []) is { } wrong)
            return wrong;
        foreach (var (name, value) in change.Values)
        {
            if (ProblemOf(name, value) is { } problem)
                return problem;
        }
        return null;
    }

    /// <returns>A sentence about what an item has too much of; null if it may be stored.</returns>
    public static string? ProblemOf(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Attributes.Count is var count and > MaximumAttributes)
            return Invariant($"It would have {count} attributes; at most {MaximumAttributes} are allowed.");
        return SizeOf(item) is var size and > MaximumBytes
            ? Invariant($"It would have {size} bytes; at most {MaximumBytes} are allowed in all.") : null;
    }

    private static string? ProblemOf(IReadOnlyList<string> categories)
    {
        if (categories.Count > MaximumCategories)
            return Invariant($"categories has {categories.Count} elements; at most {MaximumCategories} are allowed.");
        return categories.Any(one => one is null or { Length: 0 or > MaximumCategory } || !IsUnicode(one))
            ? Invariant($"A category is empty, longer than {MaximumCategory} characters, or not valid Unicode.") : null;
    }

    private static string? ProblemOf(string name, AttributeValue? value)
    {
        if (ItemProperty.Find(name) is { } property)
            return value is null ? null : ProblemOf(property, value);
        if (ItemProperty.Reserved.Contains(name))
            return $"'{name}' is a property of every item, so that no attribute may have the name.";
        return ProblemOfAttribute(name, value);
    }

    /// <returns>A sentence about what is wrong with an attribute; null if nothing is.</returns>
    internal static string? ProblemOfAttribute(string name, AttributeValue? value)
    {
        if (!IsName(name))
            return $"'{Short(name)}' is no name of an attribute; use letters, digits and underscores, at most "
                + "64 of them, and no digit first.";
        return value is null ? null : LengthProblemOf(name, value, MaximumText);
    }

    private static string? ProblemOf(ItemProperty property, AttributeValue value)
    {
        var name = property.Name;
        // A value of another type is told where its type is known to be wrong.
        if (value.Type != property.Type)
            return LengthProblemOf(name, value, MaximumText);
        return name switch
        {
            "price" when value.Number < 0 => Invariant($"price is {value.Number}; it must not be negative."),
            "currency" when !IsCurrency(value.Text) =>
                $"currency is '{Short(value.Text)}'; give a code of ISO 4217, such as EUR.",
            "url" or "imageUrl" when !IsAddress(value.Text) =>
                $"{name} is '{Short(value.Text)}'; give an address that begins with https://, http:// or /.",
            "description" or "group" when value.Text.Length == 0 => $"{name} is empty; leave it out, or give null.",
            "group" when Identifier.Check(value.Text) is { Problem: { } wrong } => $"group {wrong}.",
            _ => LengthProblemOf(name, value, property.MaximumLength),
        };
    }

    private static string? LengthProblemOf(string name, AttributeValue value, int maximum) => value.Type switch
    {
        AttributeType.Text => ProblemOf(name, value.Text, maximum),
        AttributeType.TextList when value.Texts.Count > MaximumTexts =>
            Invariant($"{name} has {value.Texts.Count} texts; at most {MaximumTexts} are allowed."),
        AttributeType.TextList => value.Texts.Select(text => ProblemOf(name, text, maximum))
            .FirstOrDefault(problem => problem is not null),
        AttributeType.Vector when value.Vector.Count > MaximumVector =>
            Invariant($"{name} has {value.Vector.Count} numbers; at most {MaximumVector} are allowed."),
        _ => null,
    };

    private static string? ProblemOf(string name, string text, int maximum)
    {
        if (text.Length > maximum)
            return Invariant($"{name} has {text.Length} characters; at most {maximum} are allowed.");
        return text.Contains('\0') || !IsUnicode(text) ? $"{name} is not valid Unicode text." : null;
    }

    private static bool IsUnicode(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD'))
                return false;
        }
        return true;
    }

    private static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    // Other schemes, such as javascript:, would run in the page that shows the item.
    private static bool IsAddress(string text) =>
        (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith('/'))
        && !text.Any(char.IsControl);

    private static int SizeOf(CatalogItem item)
    {
        var size = Bytes(item.ItemId.Value) + Bytes(item.Title ?? "") + item.Categories.Sum(Bytes);
        size += ItemProperty.All.Sum(property => property.Get(item) is { } value ? SizeOf(property.Name, value) : 0);
        return size + item.Attributes.Sum(one => SizeOf(one.Key, one.Value));
    }

    /// <summary>How many bytes an attribute counts for.</summary>
    internal static int SizeOf(string name, AttributeValue value) => name.Length + value.Type switch
    {
        AttributeType.Text => Bytes(value.Text),
        AttributeType.TextList => value.Texts.Sum(Bytes),
        AttributeType.Vector => 4 * value.Vector.Count,
        _ => 8,
    };

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    internal static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
