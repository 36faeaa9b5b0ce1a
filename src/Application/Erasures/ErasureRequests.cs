using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>
/// Begins the erasures of a person: of the user who is named, and of each id that was merged with the user.
/// </summary>
internal sealed class ErasureRequests(IErasures erasures, IProfileStore profiles, TimeProvider time)
{
    /// <returns>The named user's erasure first.</returns>
    internal async Task<IReadOnlyList<Erasure>> BeginAsync(UserId user, CancellationToken cancellationToken)
    {
        var merged = await MergedWithAsync(user, cancellationToken);
        var begun = new List<Erasure>(merged.Count + 1);
        // The user last: if this is interrupted, the links are still there for whoever asks again.
        foreach (var id in merged)
            begun.Add(await BeginOneAsync(id, cancellationToken));
        begun.Insert(0, await BeginOneAsync(user, cancellationToken));
        // An erasure that has begun refuses merges; what was merged just before it began is found now.
        foreach (var id in (await MergedWithAsync(user, cancellationToken)).Except(merged))
            begun.Add(await BeginOneAsync(id, cancellationToken));
        return begun;
    }

    private async Task<IReadOnlyList<UserId>> MergedWithAsync(UserId user, CancellationToken cancellationToken)
    {
        try
        {
            return await MergedIds.FindAsync(profiles, user, cancellationToken);
        }
        catch (StoredFormatException)
        {
            return []; // The request is stored all the same, and its job says what is damaged.
        }
    }

    private Task<Erasure> BeginOneAsync(UserId user, CancellationToken cancellationToken) =>
        erasures.BeginAsync(
            user, Timestamps.ToMilliseconds(ShiftedTimeProvider.RealNow(time)), cancellationToken);
}
