using Shop.Goods;

namespace Shop.Visiting;

/// <summary>A line of the basket.</summary>
internal sealed record BasketLine(Product Product, int Count)
{
    internal double Total => Product.Price * Count;
}

/// <summary>The basket, in a cookie that buying needs.</summary>
internal sealed class Basket
{
    private const string CookieName = "basket";
    private const int MaximumLines = 50;
    private const int MaximumCount = 99;

    private readonly HttpContext _context;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private Basket(HttpContext context) => _context = context;

    internal IEnumerable<string> Ids => _counts.Keys;

    internal int Count => _counts.Values.Sum();

    /// <summary>The cookie is what a browser says: products that do not exist are left out.</summary>
    internal static Basket Of(HttpContext context, Catalogue catalogue)
    {
        var basket = new Basket(context);
        foreach (var line in (context.Request.Cookies[CookieName] ?? "").Split('.').Take(MaximumLines))
        {
            if (line.Split('*') is [var id, var text] && catalogue.Find(id) is not null
                && int.TryParse(text, out var count) && count is > 0 and <= MaximumCount)
                basket._counts[id] = count;
        }
        return basket;
    }

    internal IReadOnlyList<BasketLine> Lines(Catalogue catalogue) =>
        [.. _counts.Select(line => new BasketLine(catalogue.Find(line.Key)!, line.Value))];

    internal void Add(string id)
    {
        if (_counts.Count < MaximumLines || _counts.ContainsKey(id))
            _counts[id] = Math.Min(_counts.GetValueOrDefault(id) + 1, MaximumCount);
        Write();
    }

    internal void Remove(string id)
    {
        _counts.Remove(id);
        Write();
    }

    internal void Clear()
    {
        _counts.Clear();
        Write();
    }

    private void Write() => _context.Response.Cookies.Append(
        CookieName,
        string.Join('.', _counts.Select(line => $"{line.Key}*{line.Value}")),
        new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax });
}
