namespace Shop.Goods;

/// <summary>What the shop sells.</summary>
internal sealed record Product(string Id, string Title, string Category, double Price)
{
    internal string Url => $"/product/{Uri.EscapeDataString(Id)}";

    internal string Picture => $"/pictures/{Uri.EscapeDataString(Id)}.svg";
}

/// <summary>
/// The shop's own catalogue and search, as a shop has them in its database. They work without the engine.
/// </summary>
internal sealed class Catalogue
{
    private const int MaximumFound = 60;

    private static readonly char[] s_separators = [' ', '-', '/', ',', '.'];

    private readonly Dictionary<string, Product> _products;

    internal Catalogue(IEnumerable<SoldLine> sold)
    {
        _products = sold.GroupBy(line => line.Product, StringComparer.Ordinal).Select(Product)
            .ToDictionary(product => product.Id, StringComparer.Ordinal);
        Customers = [.. sold.GroupBy(line => line.Customer, StringComparer.Ordinal)
            .OrderByDescending(lines => lines.Count()).ThenBy(lines => lines.Key, StringComparer.Ordinal)
            .Select(lines => lines.Key)];
        Categories = [.. _products.Values.GroupBy(product => product.Category, StringComparer.Ordinal)
            .OrderByDescending(products => products.Count()).Select(products => products.Key)];
    }

    internal IReadOnlyCollection<Product> Products => _products.Values;

    /// <summary>The customers, the busiest first.</summary>
    internal IReadOnlyList<string> Customers { get; }

    internal IReadOnlyList<string> Categories { get; }

    internal Product? Find(string id) => _products.GetValueOrDefault(id);

    internal IReadOnlyList<Product> InCategory(string category) =>
        [.. _products.Values
            .Where(product => string.Equals(product.Category, category, StringComparison.Ordinal))
            .OrderBy(product => product.Title, StringComparer.Ordinal).Take(MaximumFound)];

    /// <summary>The products that have every word, by title: the engine orders them for the visitor.</summary>
    internal IReadOnlyList<Product> Search(string text)
    {
        var words = text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? []
            : [.. _products.Values
                .Where(product => words.All(word => product.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(product => product.Title, StringComparer.Ordinal).Take(MaximumFound)];
    }

    private static Product Product(IGrouping<string, SoldLine> lines)
    {
        var title = lines.OrderBy(line => line.At).Last().Title;
        var price = lines.Where(line => line.Price > 0).Select(line => line.Price).Order().ToList();
        return new Product(lines.Key, title, Category.Of(title), price.Count == 0 ? 1 : price[price.Count / 2]);
    }
}
