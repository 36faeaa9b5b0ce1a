using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The layout of the one table. User ids are trimmed, so a partition key that begins with a space can be no user's:
/// such keys hold the checkpoints and the catalogue.
/// </summary>
internal static class ProfileTable
{
    /// <summary>The partition key.</summary>
    internal const string UserId = "userId";

    /// <summary>The sort key: what is kept of the user.</summary>
    internal const string Kind = "kind";

    internal const string Profile = "profile";

    internal const string Recommendations = "recommendations";

    /// <summary>Precedes the key of a history in the sort key.</summary>
    internal const string HistoryPrefix = "history#";

    /// <summary>The version of the item's layout.</summary>
    internal const string Format = "format";

    /// <summary>The sparse index of active users, and its partition key; its sort key is the user id.</summary>
    internal const string ActiveUsers = "active-users";

    internal const string ActiveBucket = "activeBucket";

    /// <summary>The attribute of the table's time to live, in seconds since 1970.</summary>
    internal const string ExpiresAt = "expiresAt";

    /// <summary>The partition of the log's checkpoints; the sort key is the log's partition.</summary>
    internal const string Checkpoints = " checkpoints";

    /// <summary>Precedes an item id in the partition key of a catalogue item.</summary>
    internal const string CatalogPrefix = " item:";

    internal const string CatalogItem = "item";

    /// <summary>The partition key and the sort key of a request that was answered: its hash, after a prefix.</summary>
    internal const string RequestPrefix = " request:";

    internal const string Request = "request";

    /// <summary>
    /// Where the index lists catalogue items that must not be recommended; buckets of users begin with a date.
    /// </summary>
    internal const string Unavailable = " unavailable";

    /// <summary>
    /// Where the index lists catalogue items that must not be recommended before a time, or from a time on.
    /// </summary>
    internal const string Timed = " timed";

    /// <summary>The sort key of a user's attributes.</summary>
    internal const string UserAttributes = "attributes";

    /// <summary>The sort key of what the attributes of items are; the partition key is the catalogue's.</summary>
    internal const string CatalogAttributes = "attributes";

    /// <summary>
    /// The partition key and the sort key of the catalogue's version, which every change of the catalogue renews.
    /// </summary>
    internal const string Catalog = " catalogue";

    internal const string CatalogVersion = "version";

    internal static Dictionary<string, AttributeValue> Key(UserId user, string kind) => Key(user.Value, kind);

    internal static Dictionary<string, AttributeValue> Key(string partition, string kind) =>
        new(2, StringComparer.Ordinal) { [UserId] = new AttributeValue(partition), [Kind] = new AttributeValue(kind) };

    internal static Dictionary<string, AttributeValue> RequestKey(string hash) => Key(RequestPrefix + hash, Request);

    internal static string CatalogKey(ItemId item) => CatalogPrefix + item.Value;
}
