using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>A profile as it is stored; made on the caller's thread, so that the writer only writes.</summary>
/// <param name="Index">Its place in the call.</param>
/// <param name="Expected">The version that must be stored now.</param>
internal readonly record struct ProfileRow(
    int Index, string User, long Expected, ActiveBucket? Active, ReadOnlyMemory<byte> Body) : IComparable<ProfileRow>
{
    /// <summary>The rows, in the table's order, so that neighbours are written together.</summary>
    internal static ProfileRow[] From(IReadOnlyList<UserProfile> profiles)
    {
        var blob = new BlobWriter();
        var ends = new int[profiles.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            ProfileCodec.Write(blob, profiles[i]);
            ends[i] = blob.Length;
        }
        var rows = new ProfileRow[ends.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            var profile = profiles[i];
            rows[i] = new(i, profile.UserId.Value, profile.Version, profile.ActiveBucket, blob.Written[start..ends[i]]);
        }
        Array.Sort(rows);
        return rows;
    }

    public int CompareTo(ProfileRow other)
    {
        var order = string.CompareOrdinal(User, other.User);
        return order == 0 ? Index.CompareTo(other.Index) : order;
    }
}
