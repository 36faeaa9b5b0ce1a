namespace Recommendation.Import.Internals.Columns;

/// <summary>
/// The names under which public data sets, shops and trackers have the fields of an interaction. Case, spaces,
/// <c>_</c>, <c>-</c> and a type after a colon (<c>user_id:token</c>) make no difference.
/// </summary>
internal static class ColumnNames
{
    /// <summary>
    /// The event format's own names and those of the RecBole data sets: they win over any synonym beside them.
    /// </summary>
    internal static readonly IReadOnlyDictionary<InteractionField, string[]> Own = new Dictionary<
        InteractionField,
        string[]
    >
    {
        [InteractionField.UserId] = ["userId", "user_id:token"],
        [InteractionField.ItemId] = ["itemId", "item_id:token"],
        [InteractionField.InteractionType] = ["interactionType"],
        [InteractionField.Timestamp] = ["timestamp", "timestamp:float"],
        [InteractionField.EventId] = ["eventId"],
        [InteractionField.Value] = ["value", "rating:float"],
        [InteractionField.Currency] = ["currency"],
        [InteractionField.RecommendationId] = ["recommendationId"],
    };

    /// <summary>Names that mean the field; two of them in one file are ambiguous.</summary>
    internal static readonly IReadOnlyDictionary<InteractionField, string[]> Synonyms = new Dictionary<
        InteractionField,
        string[]
    >
    {
        [InteractionField.UserId] =
        [
            "userid",
            "visitorid",
            "customerid",
            "memberid",
            "reviewerid",
            "buyerid",
            "shopperid",
            "personid",
            "accountid",
            "subscriberid",
            "profileid",
            "customernumber",
            "customerno",
            "clientid",
            "uid",
        ],
        [InteractionField.ItemId] =
        [
            "itemid",
            "productid",
            "asin",
            "sku",
            "articleid",
            "stockcode",
            "movieid",
            "trackid",
            "songid",
            "artistid",
            "bookid",
            "isbn",
            "contentid",
            "videoid",
            "newsid",
            "goodsid",
            "offerid",
            "productcode",
            "productsku",
            "listingid",
            "animeid",
            "gameid",
            "recipeid",
        ],
        [InteractionField.InteractionType] =
        [
            "interactiontype",
            "type",
            "event",
            "eventtype",
            "eventname",
            "action",
            "actiontype",
            "behavior",
            "behaviortype",
            "behaviour",
            "behaviourtype",
            "interaction",
            "activity",
        ],
        [InteractionField.Timestamp] =
        [
            "timestamp",
            "ts",
            "time",
            "eventtime",
            "eventtimestamp",
            "datetime",
            "date",
            "createdat",
            "occurredat",
            "happenedat",
            "orderdate",
            "invoicedate",
            "purchasedate",
            "unixreviewtime",
            "unixtime",
            "timestampms",
            "timestampmillis",
        ],
        [InteractionField.EventId] = ["eventid", "messageid", "insertid", "eventuuid", "hitid"],
        [InteractionField.Value] = ["value", "rating", "quantity", "qty", "overall", "stars", "plays", "playcount"],
        [InteractionField.Currency] = ["currency", "currencycode"],
        [InteractionField.RecommendationId] = ["recommendationid"],
    };

    /// <summary>Names that may mean the field, taken only where no better one is there.</summary>
    internal static readonly IReadOnlyDictionary<InteractionField, string[]> Possible = new Dictionary<
        InteractionField,
        string[]
    >
    {
        [InteractionField.UserId] =
        [
            "user",
            "customer",
            "visitor",
            "member",
            "reviewer",
            "buyer",
            "email",
            "useremail",
            "customeremail",
            "userpseudoid",
            "anonymousid",
            "deviceid",
            "sessionid",
            "session",
            "usersession",
        ],
        [InteractionField.ItemId] =
        [
            "item",
            "product",
            "article",
            "movie",
            "track",
            "artist",
            "parentasin",
            "variantid",
            "item_name",
            "goods",
        ],
        [InteractionField.InteractionType] = [],
        [InteractionField.Timestamp] =
        [
            "eventdate",
            "day",
            "reviewtime",
            "created",
            "updatedat",
            "receivedat",
            "starttime",
            "endtime",
        ],
        [InteractionField.EventId] = [],
        [InteractionField.Value] = ["score", "weight", "count", "amount"],
        [InteractionField.Currency] = [],
        [InteractionField.RecommendationId] = [],
    };

    /// <summary>Ids of orders: several rows share one, so an event id needs the item too.</summary>
    internal static readonly string[] Orders =
    [
        "orderid",
        "ordernumber",
        "orderno",
        "transactionid",
        "invoiceno",
        "invoiceid",
        "invoicenumber",
        "receiptid",
        "basketid",
        "checkoutid",
    ];

    /// <summary>Whether a row has the name of a user's column, and is so a header.</summary>
    internal static bool IsHeader(IReadOnlyList<string> row, Preset preset)
    {
        string[] users =
        [
            .. Synonyms[InteractionField.UserId],
            .. Possible[InteractionField.UserId],
            .. preset.Columns.GetValueOrDefault(InteractionField.UserId, []),
        ];
        return row.Any(name => users.Contains(Normalise(name), StringComparer.Ordinal));
    }

    internal static string Normalise(string name)
    {
        var end = name.LastIndexOf(':');
        var known =
            end > 0 && name[(end + 1)..] is "token" or "float" or "token_seq" or "float_seq" ? name[..end] : name;
        return string.Concat(known.Where(c => c is not (' ' or '_' or '-'))).ToLowerInvariant();
    }
}
