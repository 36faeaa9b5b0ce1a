using System.Runtime.InteropServices;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// The content of a catalogue, read once and kept as hashes. What is made of it does not depend on the order of the
/// items; of an item that comes twice, the last one counts.
/// </summary>
internal sealed class ContentCatalogue
{
    private const int MaximumKindsRead = 10_000;

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly List<string> _kindNames = [];
    private readonly Dictionary<string, Entry> _items = new(StringComparer.Ordinal);

    public static async Task<ContentCatalogue> ReadAsync(
        IAsyncEnumerable<CatalogItem> items, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var catalogue = new ContentCatalogue();
        await foreach (var item in items.WithCancellation(cancellationToken))
            catalogue.Add(item, asOf);
        return catalogue;
    }

    public int Count => _items.Count;

    /// <param name="item">The item.</param>
    /// <param name="asOf">The time that counts as now.</param>
    public void Add(CatalogItem item, DateTimeOffset asOf)
    {
        var (tokens, numbers) = (new List<Token>(), new List<Number>());
        foreach (var feature in ContentFeatures.Of(item))
        {
            if (KindOf(feature.Kind) is not { } kind)
                continue;
            if (feature.Token is { } token)
                tokens.Add(new(ContentHash.Of(feature.Kind, token), kind));
            else
                numbers.Add(new(kind, feature.Number));
        }
        var isOffered = item.Available && !(item.ExpiresAt <= asOf);
        _items[item.ItemId.Value] = new(
            [.. tokens], [.. numbers], isOffered, item.CreatedAt?.ToUnixTimeMilliseconds() ?? long.MinValue);
    }

    /// <summary>
    /// The items that can be recommended and have content, but no interactions: the newest ones, in the order of their
    /// ids.
    /// </summary>
    /// <param name="known">The items with interactions, in ordinal order.</param>
    /// <param name="limit">How many at most.</param>
    public string[] NewItems(string[] known, int limit) =>
    [
        .. _items.Where(one => one.Value is { IsOffered: true, IsEmpty: false })
            .Where(one => Array.BinarySearch(known, one.Key, StringComparer.Ordinal) < 0)
            .OrderByDescending(one => one.Value.CreatedAt).ThenBy(one => one.Key, StringComparer.Ordinal)
            .Take(limit).Select(one => one.Key).Order(StringComparer.Ordinal),
    ];

    /// <summary>The vectors of items, without weights of the kinds.</summary>
    /// <param name="ids">The items, in the order of their numbers; items that the catalogue lacks have no
    /// features.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public ContentIndex Index(string[] ids, CancellationToken cancellationToken)
    {
        var entries = Array.ConvertAll(ids, id => _items.GetValueOrDefault(id));
        var (kinds, numbers) = Kinds(entries);
        var vocabulary = Vocabulary(entries, kinds, numbers, cancellationToken);
        var vectorizer = new ContentVectorizer(vocabulary);
        var (offsets, features, values) = (new int[ids.Length + 1], new List<int>(), new List<Half>());
        for (var item = 0; item < ids.Length; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectorizer.Begin();
            foreach (var (kind, hash, count) in Features(entries[item], kinds, numbers))
                vectorizer.Count(kind, hash, count);
            var vector = vectorizer.End();
            features.AddRange(vector.Features);
            values.AddRange(vector.Values.Select(value => (Half)value));
            offsets[item + 1] = features.Count;
        }
        return vocabulary with { Offsets = offsets, Features = [.. features], Values = [.. values] };
    }

    private int? KindOf(string name)
    {
        if (_kinds.TryGetValue(name, out var kind))
            return kind;
        if (_kinds.Count == MaximumKindsRead)
            return null;
        _kinds.Add(name, _kindNames.Count);
        _kindNames.Add(name);
        return _kindNames.Count - 1;
    }

    /// <summary>The most frequent kinds in the order of their names, and by kind as read its number among
    /// them.</summary>
    private (ContentKind[] Kinds, int[] Numbers) Kinds(Entry?[] entries)
    {
        var counts = new int[_kindNames.Count];
        var values = new List<double>?[_kindNames.Count];
        foreach (var entry in entries)
        {
            foreach (var kind in entry?.Tokens.Select(token => token.Kind).Distinct() ?? [])
                counts[kind]++;
            foreach (var (kind, value) in entry?.Numbers ?? [])
            {
                counts[kind]++;
                (values[kind] ??= []).Add(value);
            }
        }
        int[] kept =
        [
            .. Enumerable.Range(0, counts.Length).Where(kind => counts[kind] > 1)
                .OrderByDescending(kind => counts[kind]).ThenBy(kind => _kindNames[kind], StringComparer.Ordinal)
                .Take(ContentIndex.MaximumKinds).OrderBy(kind => _kindNames[kind], StringComparer.Ordinal),
        ];
        var numbers = Enumerable.Repeat(-1, counts.Length).ToArray();
        foreach (var (number, kind) in kept.Index())
            numbers[kind] = number;
        return ([.. kept.Select(kind => new ContentKind(_kindNames[kind], BoundsOf(values[kind])))], numbers);

        static double[] BoundsOf(List<double>? values) => values is null ? [] : ContentKind.QuantilesOf([.. values]);
    }

    private static ContentIndex Vocabulary(
        Entry?[] entries, ContentKind[] kinds, int[] numbers, CancellationToken cancellationToken)
    {
        var frequencies = new Dictionary<ulong, (int Count, byte Kind)>();
        var own = new HashSet<ulong>();
        var items = 0;
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            own.Clear();
            foreach (var (kind, hash, _) in Features(entry, kinds, numbers))
            {
                if (own.Add(hash))
                {
                    ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(frequencies, hash, out _);
                    known = (known.Count + 1, (byte)kind);
                }
            }
            items += own.Count > 0 ? 1 : 0;
        }
        var kept = frequencies.OrderByDescending(one => one.Value.Count).ThenBy(one => one.Key)
            .Take(ContentIndex.MaximumVocabulary).OrderBy(one => one.Key).ToArray();
        return new ContentIndex(
            kinds,
            new float[kinds.Length],
            Array.ConvertAll(kept, one => one.Key),
            Array.ConvertAll(kept, one => one.Value.Kind),
            Array.ConvertAll(kept, one => Rarity(one.Value.Count, items)),
            new int[entries.Length + 1],
            [],
            []);
    }

    private static float Rarity(int count, int items) =>
        count > ContentPostings.MaximumLength ? 0 : (float)Math.Log((double)items / count);

    private static IEnumerable<(int Kind, ulong Hash, float Count)> Features(
        Entry? entry, ContentKind[] kinds, int[] numbers)
    {
        foreach (var (hash, kind) in entry?.Tokens ?? [])
        {
            if (numbers[kind] is >= 0 and var number)
                yield return (number, hash, 1);
        }
        foreach (var (kind, value) in entry?.Numbers ?? [])
        {
            if (numbers[kind] is not (>= 0 and var number))
                continue;
            foreach (var (hash, count) in ContentHash.Of(kinds[number], new(kinds[number].Name, null, value)))
                yield return (number, hash, count);
        }
    }

    private readonly record struct Token(ulong Hash, int Kind);

    private readonly record struct Number(int Kind, double Value);

    private sealed record Entry(Token[] Tokens, Number[] Numbers, bool IsOffered, long CreatedAt)
    {
        public bool IsEmpty => Tokens.Length + Numbers.Length == 0;
    }
}
