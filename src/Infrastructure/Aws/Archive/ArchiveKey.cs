using System.Globalization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// What the key of an object of the archive says: <c>archive/yyyy/MM/dd/7f/…</c> holds users of one of the 256 groups
/// of <see cref="UserBucket"/>; whatever else is under the day holds users of any.
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Day">The day on which its first event arrived.</param>
/// <param name="Bucket">The group of its users; null where they may be of any.</param>
/// <param name="Size">In bytes, as stored.</param>
public readonly record struct ArchiveKey(string Key, DateOnly Day, int? Bucket, long Size)
{
    internal const string Prefix = "archive/";

    /// <summary>The folder of records that hold users of several groups, as the archiver names it.</summary>
    public const string Mixed = "mixed";

    private const int DayLength = 11;

    /// <summary>The day's prefix, <c>archive/yyyy/MM/dd/</c>.</summary>
    public static string PrefixOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{day:yyyy'/'MM'/'dd}/");

    /// <summary>The prefix of a group's objects of a day.</summary>
    public static string PrefixOf(DateOnly day, int bucket) => $"{PrefixOf(day)}{NameOf(bucket)}/";

    /// <summary>The folder of a group: two hexadecimal digits.</summary>
    public static string NameOf(int bucket) => bucket.ToString("x2", CultureInfo.InvariantCulture);

    /// <returns>Null where the key is of another form.</returns>
    internal static ArchiveKey? Parse(string key, long size)
    {
        if (key.Length <= Prefix.Length + DayLength
            || !DateOnly.TryParseExact(
                key.AsSpan(Prefix.Length, DayLength - 1),
                "yyyy'/'MM'/'dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            return null;
        return new ArchiveKey(key, day, BucketOf(key.AsSpan(Prefix.Length + DayLength)), size);
    }

    private static int? BucketOf(ReadOnlySpan<char> rest) =>
        rest.IndexOf('/') == 2
        && !rest[..2].ContainsAnyInRange('A', 'F')
        && int.TryParse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bucket)
            ? bucket
            : null;
}
