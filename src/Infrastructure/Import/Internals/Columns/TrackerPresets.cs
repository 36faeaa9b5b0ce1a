namespace Recommendation.Import.Internals.Columns;

/// <summary>Exports of trackers, as tables or as JSON with the items of an event in an array.</summary>
internal static class TrackerPresets
{
    /// <summary>
    /// The BigQuery export of Google Analytics 4, one event a line, or a table of it with an item a row.
    /// </summary>
    internal static readonly Preset Ga4 = new("ga4")
    {
        Columns =
        {
            [InteractionField.UserId] = ["userid", "userpseudoid"],
            [InteractionField.ItemId] = ["items[].itemid", "itemid"],
            [InteractionField.InteractionType] = ["eventname"],
            [InteractionField.Timestamp] = ["eventtimestamp", "eventdate"],
            [InteractionField.Value] = ["items[].quantity", "quantity"],
        },
        Orders = ["ecommerce.transactionid", "transactionid"],
        Types = new(StringComparer.OrdinalIgnoreCase)
        {
            ["view_item"] = "view",
            ["select_item"] = "click",
            ["add_to_wishlist"] = "like",
        },
        SkipsIncomplete = true,
    };

    /// <summary>
    /// Segment's <c>track</c> calls as JSON lines, or a table of its warehouse. The event names are those of its
    /// ecommerce plan.
    /// </summary>
    internal static readonly Preset Segment = new("segment")
    {
        Columns =
        {
            [InteractionField.UserId] = ["userid", "anonymousid"],
            [InteractionField.ItemId] =
            [
                "properties.products[].productid",
                "properties.products[].sku",
                "properties.productid",
                "properties.sku",
                "productid",
                "sku",
            ],
            [InteractionField.InteractionType] = ["event", "type"],
            [InteractionField.Timestamp] = ["timestamp", "originaltimestamp", "sentat", "receivedat"],
            [InteractionField.Value] = ["properties.products[].quantity", "properties.quantity", "quantity"],
        },
        Orders = ["properties.orderid", "messageid", "orderid", "id"],
        Types = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Product Viewed"] = "view",
            ["product_viewed"] = "view",
            ["Product Clicked"] = "click",
            ["product_clicked"] = "click",
            ["Product Added"] = "add-to-cart",
            ["product_added"] = "add-to-cart",
            ["Product Removed"] = "remove-from-cart",
            ["product_removed"] = "remove-from-cart",
            ["Product Added to Wishlist"] = "like",
            ["product_added_to_wishlist"] = "like",
            ["Order Completed"] = "purchase",
            ["order_completed"] = "purchase",
            ["Order Refunded"] = "refund",
            ["order_refunded"] = "refund",
        },
        SkipsIncomplete = true,
    };
}
