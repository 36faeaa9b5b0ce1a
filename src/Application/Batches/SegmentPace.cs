namespace Recommendation.Application.Batches;

/// <summary>
/// How many users of a segment are ranked together, and in how many calls at once. As many as is allowed where that is
/// fast; fewer where the stores are so short of capacity that what is begun would not be done in time, and so would be
/// begun again. Shared in a process, which learns it from what it ranked last.
/// </summary>
internal sealed class SegmentPace
{
    private const int SmallestCall = 5;

    private double _secondsPerUser;

    /// <summary>Whether anything was learnt yet.</summary>
    internal bool IsKnown => Volatile.Read(ref _secondsPerUser) > 0;

    /// <summary>How long that many users take, about.</summary>
    internal TimeSpan TimeFor(int users) =>
        TimeSpan.FromSeconds(Math.Min(users * Volatile.Read(ref _secondsPerUser), 1e6));

    /// <param name="left">The time that there is; null where it is not limited.</param>
    internal (int Users, int Calls) Plan(TimeSpan? left)
    {
        var perUser = Volatile.Read(ref _secondsPerUser);
        // Where there is no time left, a call is made all the same.
        if (left is not { } time || time <= TimeSpan.Zero || perUser <= 0)
            return (GenerateRecommendations.UsersPerCall, GenerateRecommendations.CallsInFlight);
        var possible = time.TotalSeconds / perUser;
        // A quarter of the time for one call, so that it is done even if it takes longer than expected; half for all
        // that is begun at once.
        var users = (int)Math.Clamp(possible / 4, SmallestCall, GenerateRecommendations.UsersPerCall);
        return (users, (int)Math.Clamp(possible / 2 / users, 1, GenerateRecommendations.CallsInFlight));
    }

    /// <param name="begun">How many users were begun with.</param>
    /// <param name="done">How many of them were done.</param>
    /// <param name="elapsed">How long it took.</param>
    internal void Learn(int begun, int done, TimeSpan elapsed)
    {
        if (begun == 0)
            return;
        // If nobody was done, nobody knows how long it would have taken: twice as long, to begin with.
        var perUser = done > 0 ? elapsed.TotalSeconds / done : 2 * elapsed.TotalSeconds / begun;
        Volatile.Write(ref _secondsPerUser, Math.Max(perUser, 1e-6));
    }
}
