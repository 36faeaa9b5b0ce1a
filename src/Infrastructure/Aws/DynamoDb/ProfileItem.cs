using System.Buffers.Binary;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using static Recommendation.Aws.DynamoDb.Attributes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>A profile as a table item: the reference system's attributes, and what exact counting needs.</summary>
internal static class ProfileItem
{
    internal const string Version = "version";
    internal const string LastInteraction = "lastInteraction";
    internal const string InteractionCount = "interactionCount";
    internal const string LastItemId = "lastItemId";
    internal const string LastUpdated = "lastUpdated";

    private const string FirstInteraction = "firstInteraction";
    private const string Counts = "counts";
    private const string Recent = "recent";
    private const string Marks = "marks";
    private const string Ids = "ids";
    private const string ErasedAt = "erasedAt";
    private const string Day = "yyyy-MM-dd";

    /// <summary>The item that replaces the stored one, one version later.</summary>
    /// <param name="profile">The profile with the version that it was loaded with.</param>
    /// <param name="now">When it is saved.</param>
    /// <param name="expiresAt">When the table may drop it; null for never.</param>
    internal static Item From(UserProfile profile, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var item = ProfileTable.Key(profile.UserId, ProfileTable.Profile);
        item[ProfileTable.Format] = Number(ItemFormat.Current);
        item[Version] = Number(profile.Version + 1);
        item[InteractionCount] = Number(profile.InteractionCount);
        item[LastUpdated] = Time(now);
        if (profile.LastInteraction is { } last)
            item[LastInteraction] = Time(last);
        if (profile.LastItemId is { } lastItem)
            item[LastItemId] = new AttributeValue(lastItem.Value);
        if (profile.FirstInteraction is { } first)
            item[FirstInteraction] = Time(first);
        if (profile.ActiveBucket is { } bucket)
            item[ProfileTable.ActiveBucket] = new AttributeValue(bucket.ToString());
        if (profile.ErasedAt is { } erasedAt)
            item[ErasedAt] = Time(erasedAt);
        if (expiresAt is { } expiry)
            item[ProfileTable.ExpiresAt] = Number(expiry.ToUnixTimeSeconds());
        if (profile.Counts.Count > 0)
            item[Counts] = Map(profile.Counts.ToDictionary(count => count.Type.Value, count => Number(count.Count), StringComparer.Ordinal));
        if (profile.Recent.Count > 0)
            item[Recent] = List([.. profile.Recent.Select(RecentItem.From)]);
        if (profile.Marks.Count > 0)
            item[Marks] = Map(profile.Marks.ToDictionary(mark => mark.Partition, FromMark, StringComparer.Ordinal));
        if (profile.EventIds.Count > 0)
            item[Ids] = Bytes(FromEventIds(profile.EventIds));
        return item;
    }

    /// <exception cref="Application.Ports.StoredFormatException">The item is of another format, or damaged.</exception>
    internal static UserProfile ToProfile(Item item)
    {
        ItemFormat.Require(item);
        return new UserProfile
        {
            UserId = UserId.FromStored(item.Text(ProfileTable.UserId)),
            Version = item.Number(Version),
            InteractionCount = item.Number(InteractionCount),
            FirstInteraction = item.TimeOrNull(FirstInteraction),
            ErasedAt = item.TimeOrNull(ErasedAt),
            Counts = [.. item.EntriesOf(Counts).Keys.Order(StringComparer.Ordinal)
                .Select(type => new TypeCount(InteractionType.Parse(type), item.EntriesOf(Counts).Number(type)))],
            Recent = [.. item.ElementsOf(Recent).Select(element => RecentItem.ToRecent(element.M ?? throw Damaged(item, Recent, "a list of maps")))],
            Marks = [.. item.EntriesOf(Marks).OrderBy(mark => mark.Key, StringComparer.Ordinal)
                .Select(mark => ToMark(mark.Key, mark.Value.M ?? throw Damaged(item, Marks, "a map of maps")))],
            EventIds = ToEventIds(item),
        };
    }

    private static AttributeValue FromMark(PartitionMark mark)
    {
        var entries = new Item(3, StringComparer.Ordinal)
        {
            ["s"] = new AttributeValue(mark.Sequence.Value),
            ["d"] = new AttributeValue(mark.Day.ToString(Day, CultureInfo.InvariantCulture)),
        };
        if (mark.Index != 0)
            entries["i"] = Number(mark.Index);
        return Map(entries);
    }

    private static PartitionMark ToMark(string partition, Item entries) => new(
        partition,
        SequenceNumber.Parse(entries.Text("s")),
        (int)(entries.NumberOrNull("i") ?? 0),
        DateOnly.ParseExact(entries.Text("d"), Day, CultureInfo.InvariantCulture));

    private static byte[] FromEventIds(IReadOnlyList<ulong> ids)
    {
        var bytes = new byte[ids.Count * sizeof(ulong)];
        for (var i = 0; i < ids.Count; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), ids[i]);
        return bytes;
    }

    private static ulong[] ToEventIds(Item item)
    {
        var bytes = item.BytesOf(Ids);
        if (bytes.Length % sizeof(ulong) != 0)
            throw Damaged(item, Ids, "a row of 8-byte hashes");
        var ids = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(i * sizeof(ulong))..]);
        return ids;
    }
}
