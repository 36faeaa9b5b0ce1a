using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Profiles;

/// <summary>Moves the interactions of a profile that the store refused to the quarantine.</summary>
internal static class RefusedProfile
{
    /// <summary>
    /// Rejects the interactions that the profile would have counted. Copies are not among them: redriven records get
    /// new ids, so a redriven copy would count again.
    /// </summary>
    /// <param name="before">The profile without the interactions.</param>
    /// <param name="interactions">The interactions of the refused save.</param>
    /// <param name="reason">What the store said.</param>
    /// <param name="policy">What profiles keep.</param>
    /// <param name="batch">Gets the rejected records, and the outcome of the copies.</param>
    internal static void Reject(
        UserProfile before,
        IReadOnlyList<Interaction> interactions,
        string? reason,
        ProfilePolicy policy,
        BatchUpdate batch
    )
    {
        var rejection = new Rejection(RejectionCode.RefusedByStore, reason ?? "The store refused the profile.");
        var profile = before;
        var rejected = new List<QuarantinedRecord>();
        // In log order: a later interaction moves the watermark past the earlier ones.
        foreach (
            var interaction in interactions
                .OrderBy(interaction => interaction.Position.Partition, StringComparer.Ordinal)
                .ThenBy(
                    interaction => interaction.Position,
                    Comparer<Position>.Create((a, b) => a.CompareWithin(b))
                )
        )
        {
            var applied = profile.Apply([interaction], policy);
            if (applied.Counted > 0)
                rejected.Add(ToRecord(interaction, rejection));
            else
                batch.Unchanged(applied);
            profile = applied.Profile;
        }
        batch.Reject(rejected);
    }

    private static QuarantinedRecord ToRecord(Interaction interaction, Rejection rejection) =>
        new()
        {
            Position = interaction.Position,
            ArrivedAt = interaction.ArrivedAt,
            Rejection = rejection,
            Raw = EventEncoder.Encode(interaction),
            UserId = interaction.UserId,
        };
}
