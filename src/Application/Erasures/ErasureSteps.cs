using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Erasures;

/// <summary>How each place of the table is erased on the platform at hand.</summary>
internal sealed class ErasureSteps(
    IProfileStore profiles,
    IHistoryStore histories,
    IRecommendationStore lists,
    IInteractionLog log,
    IQuarantine quarantine,
    IEnumerable<IErasable> others,
    TimeProvider time
)
{
    /// <summary>
    /// After this many conflicts a save of the tombstone waits a little: somebody writes to the user all the time.
    /// </summary>
    private const int ConflictsAtOnce = 8;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, IErasable> _others = others
        .DistinctBy(other => other.Place, StringComparer.Ordinal)
        .ToDictionary(other => other.Place, StringComparer.Ordinal);

    /// <summary>The places after the profile, in the table's order; each has something that erases it here.</summary>
    internal IReadOnlyList<string> Places => [.. PersonalDataPlaces.All
        .Where(place => place.End == DataEnd.Erased && (IsBuiltIn(place.Key) || _others.ContainsKey(place.Key)))
        .Select(place => place.Key)];

    /// <summary>
    /// Puts the tombstone in the profile's place. It goes first: from here on, whoever still holds the old profile
    /// can't write it back. A tombstone that covers the erasure already is left alone.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The profile can't be read or saved.</exception>
    internal async Task<Erasure> BuryAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await profiles.FindAsync(erasure.User, cancellationToken) ?? UserProfile.New(erasure.User);
            if (before.Erasure is { } stored && stored.Includes(erasure.Boundary))
                return erasure with { Boundary = stored };
            var tombstone = before.Erase(erasure.Boundary);
            var outcome = (await profiles.SaveAsync([tombstone], checkpoint: null, cancellationToken))[0];
            if (outcome.Status == SaveStatus.Saved)
            {
                return erasure with
                {
                    Boundary = tombstone.Erasure!,
                    Found = erasure.Found || !before.IsEmpty,
                    InteractionsCounted = erasure.InteractionsCounted + before.InteractionCount,
                };
            }
            if (outcome.Status != SaveStatus.Conflict)
                throw new StoreUnavailableException(outcome.Reason ?? "The profile could not be saved.");
            if (attempt % ConflictsAtOnce == 0)
                await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    /// <summary>Erases a part of a place.</summary>
    internal Task<ErasedPart> EraseAsync(string place, ErasureWork work, CancellationToken cancellationToken) =>
        place switch
        {
            PersonalDataPlaces.History => EraseHistoryAsync(work, cancellationToken),
            PersonalDataPlaces.List => EraseListAsync(work, cancellationToken),
            PersonalDataPlaces.Log => log.ForgetAsync(work, cancellationToken),
            PersonalDataPlaces.Quarantine => quarantine.ForgetAsync(work, cancellationToken),
            _ => _others[place].EraseAsync(work, cancellationToken),
        };

    private static bool IsBuiltIn(string place) =>
        place
            is PersonalDataPlaces.History
                or PersonalDataPlaces.List
                or PersonalDataPlaces.Log
                or PersonalDataPlaces.Quarantine;

    /// <summary>
    /// Histories below the tombstone's version are of what was erased; a user who came back has later ones.
    /// </summary>
    private async Task<ErasedPart> EraseHistoryAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        // A first tombstone has version 1: there was no profile, so every history was left by a writer that died,
        // unless the user is back.
        var isUnnamed =
            work.Boundary.Version <= 1
            && await profiles.FindAsync(work.User, cancellationToken) is null or { IsEmpty: true };
        var version = isUnnamed ? long.MaxValue : work.Boundary.Version;
        await histories.SweepAsync(work.User, version, except: null, cancellationToken);
        return new ErasedPart(0);
    }

    private async Task<ErasedPart> EraseListAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        if (
            await lists.FindAsync(work.User, cancellationToken) is not { } list
            || list.ProfileVersion >= work.Boundary.Version
        )
            return new ErasedPart(0);
        await lists.ForgetAsync(work.User, cancellationToken);
        return new ErasedPart(1);
    }
}
