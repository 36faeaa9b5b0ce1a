using System.Globalization;
using System.Text;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Reads what an item says of itself. Addresses, currency and times are not content: they say nothing about taste.
/// </summary>
internal static class ContentFeatures
{
    public const string Title = "title";
    public const string Description = "description";
    public const string Categories = "categories";
    public const string Price = "price";
    public const string Group = "group";
    public const string Attribute = "attribute:";

    private const int MaximumWords = 200;
    private const int MaximumWordLength = 40;

    /// <summary>The features of an item; the same one may come twice.</summary>
    public static IEnumerable<ContentFeature> Of(CatalogItem item)
    {
        foreach (var word in Words(item.Title))
            yield return new(Title, word);
        foreach (var word in Words(item.Description))
            yield return new(Description, word);
        foreach (var path in Prefixes(item.Categories))
            yield return new(Categories, path);
        if (item.Price is { } price)
            yield return new(item.Currency is { } currency ? $"{Price}:{currency}" : Price, null, price);
        if (item.Group is { Length: > 0 } group)
            yield return new(Group, group);
        foreach (var (name, value) in item.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach (var feature in Of(Attribute + name, value))
                yield return feature;
        }
    }

    /// <summary>The words of a text in lower case, without accents; at most 200.</summary>
    public static IEnumerable<string> Words(string? text)
    {
        if (string.IsNullOrEmpty(text))
            yield break;
        var word = new StringBuilder();
        var count = 0;
        // Decomposed, so that accents are characters of their own, which are left out.
        foreach (var one in text.Normalize(NormalizationForm.FormKD).Append(' '))
        {
            if (char.IsLetterOrDigit(one))
            {
                if (word.Length < MaximumWordLength)
                    word.Append(char.ToLowerInvariant(one));
            }
            else if (word.Length > 0 && CharUnicodeInfo.GetUnicodeCategory(one) != UnicodeCategory.NonSpacingMark)
            {
                if (word.Length > 1 || char.IsDigit(word[0]) || word[0] > 'ÿ')
                {
                    yield return word.ToString();
                    if (++count == MaximumWords)
                        yield break;
                }
                word.Clear();
            }
        }
    }

    private static IEnumerable<ContentFeature> Of(string kind, AttributeValue value) => value.Type switch
    {
        AttributeType.Text => Words(value.Text).Select(word => new ContentFeature(kind, word)),
        AttributeType.TextList => value.Texts.Take(MaximumWords)
            .Select(text => new ContentFeature(kind, text.Trim().ToLowerInvariant())),
        AttributeType.Boolean => [new(kind, value.Boolean ? "true" : "false")],
        AttributeType.Number => [new(kind, null, value.Number)],
        AttributeType.Vector => VectorTokens.Of(value.Vector).Select(token => new ContentFeature(kind, token)),
        _ => [],
    };

    /// <summary>
    /// Each path and where it begins. An element with <c>&gt;</c> is a path of its own; the others together are one.
    /// </summary>
    private static IEnumerable<string> Prefixes(IReadOnlyList<string> categories)
    {
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var paths = categories.Where(category => category.Contains('>'))
            .Select(category => category.Split('>', Trimmed))
            .Prepend([.. categories.Where(category => !category.Contains('>')).Select(category => category.Trim())]);
        foreach (var path in paths)
        {
            var prefix = new StringBuilder();
            foreach (var part in path)
            {
                yield return prefix.Append(part.ToLowerInvariant()).ToString();
                prefix.Append('>');
            }
        }
    }
}
