using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>Says in words what two items have in common.</summary>
internal static class SharedContent
{
    /// <param name="index">Says what counts, and how much.</param>
    /// <param name="one">An item.</param>
    /// <param name="other">Another one.</param>
    /// <param name="count">How many words at most; those that add most to the similarity.</param>
    public static IReadOnlyList<string> Of(ContentIndex index, CatalogItem one, CatalogItem other, int count)
    {
        var vectorizer = new ContentVectorizer(index);
        var (first, second) = (vectorizer.Of(one), vectorizer.Of(other));
        var amounts = new Dictionary<ulong, double>();
        for (var at = 0; at < first.Features.Length; at++)
        {
            var feature = first.Features[at];
            var same = second.Features.AsSpan().BinarySearch(feature);
            var amount = same < 0
                ? 0
                : index.Weights[index.FeatureKinds[feature]] * first.Values[at] * second.Values[same];
            if (amount > 0)
                amounts.Add(index.Hashes[feature], amount);
        }
        var texts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (text, hash) in Texts(index, one).Distinct())
        {
            if (amounts.GetValueOrDefault(hash) is > 0 and var amount)
                texts[text] = texts.GetValueOrDefault(text) + amount;
        }
        return
        [
            .. texts.OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal)
                .Take(count).Select(text => text.Key),
        ];
    }

    private static IEnumerable<(string Text, ulong Hash)> Texts(ContentIndex index, CatalogItem item)
    {
        foreach (var feature in ContentFeatures.Of(item))
        {
            if (index.FindKind(feature.Kind) is not (>= 0 and var kind))
                continue;
            var text = TextOf(feature, item);
            foreach (var (hash, _) in ContentHash.Of(index.Kinds[kind], feature))
                yield return (text, hash);
        }
    }

    /// <summary>The word or the path; of what has no words, the name of the attribute.</summary>
    private static string TextOf(ContentFeature feature, CatalogItem item)
    {
        var name = feature.Kind.StartsWith(ContentFeatures.Attribute, StringComparison.Ordinal)
            ? feature.Kind[ContentFeatures.Attribute.Length..]
            : null;
        var type = name is null ? (AttributeType?)null : item.Attributes[name].Type;
        return feature.Token is not { } token ? $"a like {name ?? ContentFeatures.Price}"
            : type == AttributeType.Vector ? $"a like {name}"
            : type == AttributeType.Boolean ? $"{name}={token}"
            : token.Replace(">", " > ", StringComparison.Ordinal);
    }
}
