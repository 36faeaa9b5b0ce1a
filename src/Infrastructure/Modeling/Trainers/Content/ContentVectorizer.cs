using System.Runtime.InteropServices;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>Makes the vectors of items. Not thread-safe.</summary>
internal sealed class ContentVectorizer(ContentIndex index)
{
    private readonly Dictionary<ulong, (int Kind, float Count)> _counts = [];
    private readonly double[] _squares = new double[index.Kinds.Length];
    private readonly List<(int Feature, float Value)> _entries = [];

    /// <summary>The vector of an item that the index may not hold.</summary>
    public ContentVector Of(CatalogItem item)
    {
        _counts.Clear();
        foreach (var feature in ContentFeatures.Of(item))
        {
            if (index.FindKind(feature.Kind) is >= 0 and var kind)
            {
                foreach (var (hash, count) in ContentHash.Of(index.Kinds[kind], feature))
                    Count(kind, hash, count);
            }
        }
        return End();
    }

    internal void Begin() => _counts.Clear();

    /// <summary>Counts a feature; a feature that comes twice counts once, with the greater count.</summary>
    internal void Count(int kind, ulong hash, float count)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out _);
        known = (kind, Math.Max(known.Count, count));
    }

    /// <summary>The vector of what was counted: TF-IDF, with the norm 1 in each kind.</summary>
    internal ContentVector End()
    {
        Array.Clear(_squares);
        _entries.Clear();
        // In the order of the features, so that sums are rounded the same way every time.
        foreach (var (hash, (kind, count)) in _counts.OrderBy(one => one.Key))
        {
            var feature = index.FindFeature(hash);
            // What no item of the model has counts in the norm: it makes the item less like all of them.
            var value = count * (feature >= 0 ? index.Rarities[feature] : index.UnknownRarity);
            _squares[kind] += value * value;
            if (feature >= 0 && value > 0)
                _entries.Add((feature, (float)value));
        }
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            entry.Value /= (float)Math.Sqrt(_squares[index.FeatureKinds[entry.Feature]]);
        var kept = _entries.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Feature)
            .Take(ContentIndex.MaximumFeatures).OrderBy(entry => entry.Feature).ToArray();
        return new(Array.ConvertAll(kept, entry => entry.Feature), Array.ConvertAll(kept, entry => entry.Value));
    }
}
