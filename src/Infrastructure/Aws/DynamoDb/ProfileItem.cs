using System.Buffers.Binary;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

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
    private const string Pending = "pending";
    private const string History = "history";
    private const string MissesHistory = "missesHistory";
    private const string Marks = "marks";
    private const string Ids = "ids";
    private const string ErasedAt = "erasedAt";
    private const string MergedInto = "mergedInto";
    private const string MergedUsers = "mergedUsers";

    /// <summary>Writes the item that replaces the stored one, one version later.</summary>
    /// <param name="writer">Gets the item as an object of attributes.</param>
    /// <param name="profile">The profile with the version that it was loaded with.</param>
    /// <param name="now">When it is saved.</param>
    /// <param name="expiresAt">When the table may drop it; null for never.</param>
    /// <param name="splits">Into how many keys a bucket of the index is split.</param>
    internal static void Write(
        Utf8JsonWriter writer,
        UserProfile profile,
        DateTimeOffset now,
        DateTimeOffset? expiresAt,
        int splits = 1
    )
    {
        writer.Text(ProfileTable.UserId, profile.UserId.Value);
        writer.Text(ProfileTable.Kind, ProfileTable.Profile);
        writer.Number(ProfileTable.Format, profile.HasLinks ? ItemFormat.MergedProfile : ItemFormat.Profile);
        writer.Number(Version, profile.Version + 1);
        writer.Number(InteractionCount, profile.InteractionCount);
        writer.Time(LastUpdated, now);
        if (profile.LastInteraction is { } last)
            writer.Time(LastInteraction, last);
        if (profile.LastItemId is { } lastItem)
            writer.Text(LastItemId, lastItem.Value);
        if (profile.FirstInteraction is { } first)
            writer.Time(FirstInteraction, first);
        if (profile.ActiveBucket is { } bucket)
            writer.Text(ProfileTable.ActiveBucket, ActiveIndexKey.Of(profile, bucket, splits));
        if (profile.ErasedAt is { } erasedAt)
            writer.Time(ErasedAt, erasedAt);
        if (profile.Erasure is { Partition: not null } erasure)
            ErasureItem.Write(writer, erasure);
        if (expiresAt is { } expiry)
            writer.Number(ProfileTable.ExpiresAt, expiry.ToUnixTimeSeconds());
        WriteCounts(writer, profile.Counts);
        RecentItem.Write(writer, Recent, profile.Recent);
        if (profile.Pending.Count > 0)
            writer.Bytes(Pending, profile.Pending.Bytes);
        if (profile.HistoryKey is { } key)
            writer.Text(History, key.Value);
        if (profile.MissesHistory)
            writer.Number(MissesHistory, 1);
        if (profile.MergedInto is { } into)
            writer.Text(MergedInto, into.Value);
        if (profile.MergedUsers.Count > 0)
            writer.Texts(MergedUsers, profile.MergedUsers.Select(merged => merged.Value));
        MarksItem.Write(writer, Marks, profile.Marks);
        WriteEventIds(writer, profile.EventIds);
    }

    /// <exception cref="Application.Ports.StoredFormatException">The item is of another format, or damaged.</exception>
    internal static UserProfile Read(ref ItemReader item)
    {
        string? user = null;
        long? format = null, version = null, count = null;
        DateTimeOffset? first = null, erasedAt = null;
        List<TypeCount> counts = [];
        List<RecentInteraction> recent = [];
        var pending = PendingInteractions.None;
        HistoryKey? history = null;
        var missesHistory = false;
        List<Watermark> marks = [];
        ErasureBoundary? erasure = null;
        ulong[] ids = [];
        UserId? mergedInto = null;
        List<UserId> mergedUsers = [];
        while (item.Next())
        {
            if (item.Is("userId"u8))
                user = item.Text(ProfileTable.UserId);
            else if (item.Is("format"u8))
                format = item.Number(ProfileTable.Format);
            else if (item.Is("version"u8))
                version = item.Number(Version);
            else if (item.Is("interactionCount"u8))
                count = item.Number(InteractionCount);
            else if (item.Is("firstInteraction"u8))
                first = item.Time(FirstInteraction);
            else if (item.Is("erasedAt"u8))
                erasedAt = item.Time(ErasedAt);
            else if (item.Is("erasure"u8))
                erasure = ErasureItem.Read(ref item);
            else if (item.Is("counts"u8))
                counts = ReadCounts(ref item);
            else if (item.Is("recent"u8))
                recent = RecentItem.Read(ref item, Recent);
            else if (item.Is("pending"u8))
                pending = ReadPending(ref item);
            else if (item.Is("history"u8))
                history = ReadHistory(ref item);
            else if (item.Is("missesHistory"u8))
                missesHistory = item.Number(MissesHistory) != 0;
            else if (item.Is("marks"u8))
                marks = MarksItem.Read(ref item, Marks);
            else if (item.Is("ids"u8))
                ids = ReadEventIds(ref item);
            else if (item.Is("mergedInto"u8))
                mergedInto = UserId.FromStored(item.Text(MergedInto));
            else if (item.Is("mergedUsers"u8))
                mergedUsers = item.Texts(MergedUsers).ConvertAll(UserId.FromStored);
            else
                item.Skip();
        }
        ItemFormat.Require(format, user, ItemFormat.MergedProfile);
        return new UserProfile
        {
            UserId = UserId.FromStored(user ?? throw item.Damaged(ProfileTable.UserId, "a text")),
            Version = version ?? throw item.Damaged(Version, "a whole number"),
            InteractionCount = count ?? throw item.Damaged(InteractionCount, "a whole number"),
            FirstInteraction = first,
            Erasure = erasedAt is { } at
                ? (erasure ?? new ErasureBoundary { ArrivedAt = at }) with
                {
                    ArrivedAt = at,
                }
                : null,
            Counts = counts,
            Recent = recent,
            Pending = pending,
            HistoryKey = history,
            MissesHistory = missesHistory || (format == 1 && count > recent.Count),
            Marks = marks,
            EventIds = ids,
            MergedInto = mergedInto,
            MergedUsers = mergedUsers,
        };
    }

    private static void WriteCounts(Utf8JsonWriter writer, IReadOnlyList<TypeCount> counts)
    {
        if (counts.Count == 0)
            return;
        writer.StartMap(Counts);
        foreach (var count in counts)
            writer.Number(count.Type.Value, count.Count);
        writer.EndMap();
    }

    private static List<TypeCount> ReadCounts(ref ItemReader item)
    {
        var counts = new List<TypeCount>();
        item.EnterMap(Counts, "a map");
        while (item.Next())
        {
            var type = item.Name();
            counts.Add(new TypeCount(InteractionType.Parse(type), item.Number(type)));
        }
        item.Leave();
        counts.Sort((a, b) => a.Type.CompareTo(b.Type));
        return counts;
    }

    private static PendingInteractions ReadPending(ref ItemReader item)
    {
        try
        {
            return PendingInteractions.FromStored(item.Bytes(Pending));
        }
        catch (FormatException)
        {
            throw item.Damaged(Pending, "a row of packed interactions of format 1");
        }
    }

    private static HistoryKey ReadHistory(ref ItemReader item)
    {
        try
        {
            return HistoryKey.Parse(item.Text(History));
        }
        catch (FormatException)
        {
            throw item.Damaged(History, "a key of a history");
        }
    }

    private static void WriteEventIds(Utf8JsonWriter writer, IReadOnlyList<ulong> ids)
    {
        if (ids.Count == 0)
            return;
        var bytes = new byte[ids.Count * sizeof(ulong)];
        for (var i = 0; i < ids.Count; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), ids[i]);
        writer.Bytes(Ids, bytes);
    }

    private static ulong[] ReadEventIds(ref ItemReader item)
    {
        var bytes = item.Bytes(Ids);
        if (bytes.Length % sizeof(ulong) != 0)
            throw item.Damaged(Ids, "a row of 8-byte hashes");
        var ids = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)));
        return ids;
    }
}
