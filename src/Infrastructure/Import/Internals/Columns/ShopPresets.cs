namespace Recommendation.Import.Internals.Columns;

/// <summary>Orders of shops.</summary>
internal static class ShopPresets
{
    private static readonly string[] s_dead =
        ["cancelled", "refunded", "failed", "wc-cancelled", "wc-refunded", "wc-failed", "trash", "wc-trash"];

    /// <summary>
    /// <c>yoochoose-clicks.dat</c> and <c>yoochoose-buys.dat</c>: the user is the session, for there is no other.
    /// </summary>
    internal static readonly Preset Yoochoose = new("yoochoose")
    {
        Columns = { [InteractionField.UserId] = ["sessionid"] },
        Headerless =
        [
            new(["session_id", "timestamp", "item_id", "category"], "click"),
            new(["session_id", "timestamp", "item_id", "price", "quantity"], "purchase"),
        ],
    };

    /// <summary>
    /// The order lines together with their orders. The data set has no dates, so the order of the file is all there is.
    /// </summary>
    internal static readonly Preset Instacart = new("instacart")
    {
        Columns =
        {
            [InteractionField.UserId] = ["userid"],
            [InteractionField.ItemId] = ["productid"],
            [InteractionField.Value] = [],
        },
        Orders = ["orderid"],
        Type = "purchase",
        WhenMissing =
            "Instacart has the users in orders.csv and the products in order_products__*.csv: join the two by "
                + "order_id first",
    };

    /// <summary>
    /// The export of orders from Shopify's admin: a row for each line of an order, of which only the first is complete.
    /// </summary>
    internal static readonly Preset Shopify = new("shopify")
    {
        Columns =
        {
            [InteractionField.UserId] = ["customerid", "email"],
            [InteractionField.ItemId] = ["lineitemsku", "lineitemname"],
            [InteractionField.InteractionType] = [],
            [InteractionField.Timestamp] = ["createdat", "paidat"],
            [InteractionField.Value] = ["lineitemquantity"],
        },
        Orders = ["name", "id"],
        Type = "purchase",
        CarriesOver = true,
        Cancelled = [new("cancelledat"), new("financialstatus", "refunded", "voided")],
        SkipsIncomplete = true,
    };

    /// <summary>
    /// Exports of WooCommerce orders with an item a row, under the names that the common plugins give.
    /// </summary>
    internal static readonly Preset WooCommerce = new("woocommerce")
    {
        Columns =
        {
            [InteractionField.UserId] =
            [
                "customeruserid", "customerid", "userid", "email(billing)", "billingemail", "customeremail", "email",
            ],
            [InteractionField.ItemId] =
            [
                "sku",
                "productid",
                "itemsku",
                "productsku",
                "item#",
                "itemname",
                "productname",
                "name",
            ],
            [InteractionField.InteractionType] = [],
            [InteractionField.Timestamp] = ["orderdate", "date", "datecreated", "completeddate", "paiddate"],
            [InteractionField.Value] = ["quantity", "quantity(refund)", "qty", "itemquantity"],
        },
        Orders = ["ordernumber", "orderid", "order#"],
        Type = "purchase",
        CarriesOver = true,
        Cancelled = [new("orderstatus", s_dead), new("status", s_dead)],
        Nobody = "0",
        SkipsIncomplete = true,
    };
}
