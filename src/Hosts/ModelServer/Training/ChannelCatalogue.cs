using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Import;

namespace Recommendation.ModelServer.Training;

/// <summary>
/// The files of the channel <c>items</c> as a catalogue, in any format that <c>recommend items import</c> reads. Of an
/// item that is there twice, the last one counts. What is no item is counted and reported.
/// </summary>
internal sealed class ChannelCatalogue(ContainerPaths paths, Action<string> tell) : IItemPages
{
    private const int MostExamples = 5;

    private CatalogItem[]? _items;

    public Task<IReadOnlyList<CatalogItem>> ReadOnAsync(ItemId? after, int limit, CancellationToken cancellationToken)
    {
        _items ??= Read(cancellationToken);
        var from = 0;
        if (after is { } last)
        {
            var at = Array.BinarySearch(_items, new(last, null, []), ById.Instance);
            from = at < 0 ? ~at : at + 1;
        }
        return Task.FromResult<IReadOnlyList<CatalogItem>>(_items[from..Math.Min(_items.Length, from + limit)]);
    }

    private CatalogItem[] Read(CancellationToken cancellationToken)
    {
        var items = new Dictionary<ItemId, CatalogItem>();
        var (rows, rejected) = (0L, new List<string>());
        foreach (var path in paths.Files(ofCatalogue: true))
        {
            using var file = Open(path);
            foreach (var row in file.Rows(cancellationToken))
            {
                rows++;
                if (row.Item is { } item)
                    items[item.ItemId] = item;
                else
                    rejected.Add($"{Path.GetFileName(path)}, line {row.Line}: {row.Rejection?.Message}");
            }
        }
        if (rows == 0)
            return [];
        tell($"{rows} items read: {items.Count} different ones, {rejected.Count} rejected.");
        foreach (var example in rejected.Take(MostExamples))
            tell($"  rejected: {example}");
        var ordered = items.Values.ToArray();
        Array.Sort(ordered, ById.Instance);
        return ordered;
    }

    private static ItemFile Open(string path)
    {
        try
        {
            return ItemFile.Open(path);
        }
        catch (InputException problem)
        {
            throw new RefusedException(problem.Message);
        }
    }

    private sealed class ById : IComparer<CatalogItem>
    {
        public static readonly ById Instance = new();

        public int Compare(CatalogItem? x, CatalogItem? y) => x!.ItemId.CompareTo(y!.ItemId);
    }
}
