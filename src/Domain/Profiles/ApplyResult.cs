using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>What <see cref="UserProfile.Apply"/> made of a run of interactions.</summary>
/// <param name="Profile">The profile afterwards; the same instance where nothing changed.</param>
/// <param name="Counted">Interactions counted for the first time.</param>
/// <param name="Redelivered">Copies that the log delivered again.</param>
/// <param name="Repeated">Copies that the producer sent again under the same event id.</param>
/// <param name="Erased">Interactions that the erasure of the user covers.</param>
public sealed record ApplyResult(UserProfile Profile, int Counted, int Redelivered, int Repeated, int Erased)
{
    /// <summary>
    /// Whether more interactions are pending than a profile may hold: fold them into the user's history, and save the
    /// profile that <see cref="UserProfile.WithHistory"/> gives instead.
    /// </summary>
    public bool NeedsCompaction { get; init; }

    /// <summary>
    /// Interactions that are no act of the user, such as impressions; they leave no trace in the profile.
    /// </summary>
    public int NoActs { get; init; }

    /// <summary>The counted interactions of types that the settings do not name; null if there are none.</summary>
    public UnnamedTypes? Unnamed { get; init; }
}
