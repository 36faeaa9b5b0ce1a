using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>The links of merged ids, at the end of a stored profile that has some.</summary>
internal static class ProfileLinks
{
    internal static void Write(BlobWriter blob, UserProfile profile)
    {
        blob.Text(profile.MergedInto?.Value ?? "");
        blob.Count(profile.MergedUsers.Count);
        foreach (var user in profile.MergedUsers)
            blob.Text(user.Value);
    }

    internal static UserProfile Read(UserProfile profile, ref BlobReader blob)
    {
        var into = blob.Text();
        var users = new UserId[blob.Count()];
        for (var i = 0; i < users.Length; i++)
            users[i] = UserId.FromStored(blob.Text());
        return profile with { MergedInto = into.Length == 0 ? null : UserId.FromStored(into), MergedUsers = users };
    }
}
