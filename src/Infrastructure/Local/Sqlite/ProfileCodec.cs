using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The stored form of a profile but for its user and version, which are columns. About 70 bytes, and 13 bytes besides
/// the item id for each recent interaction with an event id. Format 3 adds what the user's erasure covers, and is
/// written for users who were erased; format 4 adds links of merged ids, and is written where there are some. Format 1
/// had neither values nor history.
/// </summary>
internal static class ProfileCodec
{
    internal const int NewestFormat = 4;

    private const int WithBoundary = 3;
    private const int WithoutBoundary = 2;

    private const byte HasFirst = 1;
    private const byte HasErased = 2;
    private const byte HasHistory = 4;
    private const byte MissesHistory = 8;
    private const byte HasBoundary = 16;
    private const byte HasLinks = 32;

    internal static void Write(BlobWriter blob, UserProfile profile)
    {
        var boundary = profile.Erasure is { Partition: not null } erasure ? erasure : null;
        blob.Byte((byte)(profile.HasLinks ? NewestFormat : boundary is null ? WithoutBoundary : WithBoundary));
        blob.Byte(
            (byte)(
                (profile.FirstInteraction is null ? 0 : HasFirst)
                | (profile.ErasedAt is null ? 0 : HasErased)
                | (profile.HistoryKey is null ? 0 : HasHistory)
                | (profile.MissesHistory ? MissesHistory : 0)
                | (boundary is null ? 0 : HasBoundary)
                | (profile.HasLinks ? HasLinks : 0)
            )
        );
        if (profile.FirstInteraction is { } first)
            blob.Milliseconds(first);
        if (profile.ErasedAt is { } erased)
            blob.Milliseconds(erased);
        blob.Signed(profile.InteractionCount);
        WriteCounts(blob, profile.Counts);
        RecentCodec.Write(blob, profile.Recent);
        WriteMarks(blob, profile.Marks);
        blob.Count(profile.EventIds.Count);
        foreach (var id in profile.EventIds)
            blob.Fixed(id);
        blob.Bytes(profile.Pending.Bytes);
        if (profile.HistoryKey is { } key)
            blob.Text(key.Value);
        if (boundary is not null)
            WriteBoundary(blob, boundary);
        if (profile.HasLinks)
            ProfileLinks.Write(blob, profile);
    }

    internal static UserProfile Read(UserId user, long version, ReadOnlySpan<byte> bytes)
    {
        var blob = new BlobReader(bytes, "profile");
        var format = blob.Version(NewestFormat);
        var flags = blob.Byte();
        // In format 1 there was no history: what a profile did not keep is missing.
        var hasHistory = format > 1;
        long count;
        RecentInteraction[] recent;
        var profile = new UserProfile
        {
            UserId = user,
            Version = version,
            FirstInteraction = (flags & HasFirst) != 0 ? blob.Milliseconds() : null,
            Erasure = (flags & HasErased) != 0 ? new() { ArrivedAt = blob.Milliseconds() } : null,
            InteractionCount = count = blob.Signed(),
            Counts = ReadCounts(ref blob),
            Recent = recent = RecentCodec.Read(ref blob),
            Marks = ReadMarks(ref blob),
            EventIds = ReadEventIds(ref blob),
            Pending = hasHistory ? ReadPending(ref blob) : PendingInteractions.None,
            HistoryKey = hasHistory ? ReadKey(flags, ref blob) : null,
            MissesHistory = hasHistory ? (flags & MissesHistory) != 0 : count > recent.Length,
        };
        if (hasHistory && (flags & HasBoundary) != 0)
            profile = profile with { Erasure = ReadBoundary(profile.Erasure, ref blob) };
        return hasHistory && (flags & HasLinks) != 0 ? ProfileLinks.Read(profile, ref blob) : profile;
    }

    private static void WriteBoundary(BlobWriter blob, ErasureBoundary boundary)
    {
        blob.Text(ShortOf(boundary.Partition!));
        blob.Signed(boundary.Version);
        WriteMarks(blob, boundary.Marks);
    }

    private static ErasureBoundary ReadBoundary(ErasureBoundary? erasure, ref BlobReader blob) =>
        (erasure ?? throw blob.Damaged()) with
        {
            Partition = PartitionOf(blob.Text()),
            Version = blob.Signed(),
            Marks = ReadMarks(ref blob),
        };

    private static PendingInteractions ReadPending(ref BlobReader blob)
    {
        try
        {
            return PendingInteractions.FromStored(blob.Bytes());
        }
        catch (FormatException exception)
        {
            throw blob.Damaged(exception);
        }
    }

    private static HistoryKey? ReadKey(byte flags, ref BlobReader blob)
    {
        if ((flags & HasHistory) == 0)
            return null;
        try
        {
            return HistoryKey.Parse(blob.Text());
        }
        catch (FormatException exception)
        {
            throw blob.Damaged(exception);
        }
    }

    private static void WriteCounts(BlobWriter blob, IReadOnlyList<TypeCount> counts)
    {
        blob.Count(counts.Count);
        foreach (var (type, count) in counts)
        {
            blob.Type(type);
            blob.Signed(count);
        }
    }

    private static TypeCount[] ReadCounts(ref BlobReader blob)
    {
        var counts = new TypeCount[blob.Count()];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = new(blob.Type(), blob.Signed());
        return counts;
    }

    private static void WriteMarks(BlobWriter blob, IReadOnlyList<Watermark> marks)
    {
        blob.Count(marks.Count);
        foreach (var mark in marks)
        {
            blob.Text(ShortOf(mark.Partition));
            blob.Text(mark.Sequence.Value);
            blob.Signed(mark.Index);
            blob.Signed(mark.Day.DayNumber);
        }
    }

    private static Watermark[] ReadMarks(ref BlobReader blob)
    {
        var marks = new Watermark[blob.Count()];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = new(PartitionOf(blob.Text()), Sequence(ref blob), (int)blob.Signed(), Day(ref blob));
        return marks;
    }

    /// <summary>The partition of this machine is stored as the empty text.</summary>
    private static string ShortOf(string partition) =>
        string.Equals(partition, LocalLog.Partition, StringComparison.Ordinal) ? "" : partition;

    private static string PartitionOf(string stored) => stored.Length > 0 ? stored : LocalLog.Partition;

    private static SequenceNumber Sequence(ref BlobReader blob)
    {
        try
        {
            return SequenceNumber.Parse(blob.Text());
        }
        catch (FormatException exception)
        {
            throw blob.Damaged(exception);
        }
    }

    private static DateOnly Day(ref BlobReader blob)
    {
        var day = blob.Signed();
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day) : throw blob.Damaged();
    }

    private static ulong[] ReadEventIds(ref BlobReader blob)
    {
        var ids = new ulong[blob.Count()];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = blob.Fixed();
        return ids;
    }
}
