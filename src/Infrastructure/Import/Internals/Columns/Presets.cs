namespace Recommendation.Import.Internals.Columns;

/// <summary>The formats that <c>--preset</c> names.</summary>
internal static class Presets
{
    private static readonly Preset[] s_all =
    [
        TrackerPresets.Ga4,
        TrackerPresets.Segment,
        new("retailrocket")
        {
            Columns = { [InteractionField.UserId] = ["visitorid"], [InteractionField.Timestamp] = ["timestamp"] },
            Orders = ["transactionid"],
        },
        new("rees46")
        {
            Columns =
            {
                [InteractionField.UserId] = ["userid", "usersession"],
                [InteractionField.ItemId] = ["productid"],
                [InteractionField.InteractionType] = ["eventtype"],
                [InteractionField.Timestamp] = ["eventtime"],
            },
        },
        RatingPresets.MovieLens,
        RatingPresets.Amazon,
        RatingPresets.LastFm,
        ShopPresets.Yoochoose,
        ShopPresets.Instacart,
        ShopPresets.Shopify,
        ShopPresets.WooCommerce,
    ];

    internal static IReadOnlyList<string> Names => [.. s_all.Select(preset => preset.Name)];

    /// <exception cref="InputException">There is none of that name.</exception>
    internal static Preset? Find(string? name) => name is null
        ? null
        : Array.Find(s_all, preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException($"There is no preset '{name}'; there are {string.Join(", ", Names)}.");
}
