namespace Recommendation.Application.Profiles;

/// <summary>An anonymous id that was merged into a user, as hosts show it.</summary>
/// <param name="AnonymousId">The id that events had before the login.</param>
/// <param name="UserId">The user.</param>
/// <param name="IsNew">Whether they were merged now, and not before.</param>
public sealed record MergedUserDocument(string AnonymousId, string UserId, bool IsNew)
{
    public static MergedUserDocument From(MergedUser merged)
    {
        ArgumentNullException.ThrowIfNull(merged);
        return new(merged.Anonymous.Value, merged.User.Value, merged.IsNew);
    }
}
