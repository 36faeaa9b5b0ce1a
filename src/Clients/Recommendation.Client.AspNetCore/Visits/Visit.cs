namespace Recommendation.Client.AspNetCore.Visits;

/// <summary>What is known of the visitor during a request.</summary>
/// <param name="sent">The cookie as it came; null for none.</param>
/// <param name="cookie">What it says; null if there is none that may be used.</param>
internal sealed class Visit(string? sent, VisitorCookie? cookie)
{
    internal string? Sent { get; } = sent;

    internal VisitorCookie? Cookie { get; set; } = cookie;

    /// <summary>With a new id if there is none.</summary>
    internal VisitorCookie Visitor => Cookie ??= VisitorCookie.New();
}
