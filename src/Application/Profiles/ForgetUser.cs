using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Erases a user: a tombstone takes the profile's place, so that nothing that arrived before can come back; history, list,
/// log and quarantine lose what they hold. Asking again is harmless. The time of the erasure is the real one, also under
/// <c>--as-of</c>.
/// </summary>
public sealed record ForgetUser(UserId User) : IRequest<ForgottenUser>
{
    internal sealed class Handler(
        IProfileStore profiles, IHistoryStore histories, IRecommendationStore recommendations, IInteractionLog log, IQuarantine quarantine,
        TimeProvider time) : IRequestHandler<ForgetUser, ForgottenUser>
    {
        public async Task<ForgottenUser> Handle(ForgetUser request, CancellationToken cancellationToken)
        {
            var newest = await log.NewestAsync(cancellationToken);
            var hadList = await recommendations.FindAsync(request.User, cancellationToken) is not null;
            // The tombstone comes first: from here on, whoever still holds the old profile or list can't write it back.
            var (before, tombstone) = await BuryAsync(request.User, newest, cancellationToken);
            // The tombstone is stored one version later; a history of an earlier one belongs to what is erased. Without a profile, every one does.
            var version = before.Version == 0 ? long.MaxValue : tombstone.Version + 1;
            await histories.SweepAsync(request.User, version, except: null, cancellationToken);
            await recommendations.ForgetAsync(request.User, cancellationToken);
            var interactions = await log.ForgetAsync(request.User, tombstone.ErasedAt!.Value, newest, cancellationToken);
            var quarantined = await quarantine.ForgetAsync(request.User, cancellationToken);
            var found = hadList || !before.IsEmpty || interactions > 0 || quarantined > 0;
            return new ForgottenUser(request.User, tombstone.ErasedAt.Value, found, before.InteractionCount, interactions, quarantined);
        }

        private async Task<(UserProfile Before, UserProfile Tombstone)> BuryAsync(
            UserId user, Position? newest, CancellationToken cancellationToken)
        {
            // Just after this millisecond, since times are whole milliseconds and what arrived within it must go as well.
            var erasedAt = Timestamps.ToMilliseconds(ShiftedTimeProvider.RealNow(time)).AddMilliseconds(1);
            for (var attempt = 0; ; attempt++)
            {
                var before = await profiles.FindAsync(user, cancellationToken) ?? UserProfile.New(user);
                var tombstone = before.Erase(erasedAt, newest);
                var outcome = (await profiles.SaveAsync([tombstone], checkpoint: null, cancellationToken))[0];
                if (outcome.Status == SaveStatus.Saved)
                    return (before, tombstone);
                if (outcome.Status != SaveStatus.Conflict || attempt == UpdateProfiles.ConflictRetries)
                    throw new StoreUnavailableException($"The user could not be erased: {outcome.Reason ?? "the profile kept changing."} Ask again.");
            }
        }
    }
}

/// <summary>What was erased.</summary>
/// <param name="User">Who.</param>
/// <param name="ErasedAt">What arrived before this never counts again.</param>
/// <param name="Found">Whether anything was kept of the user; false for a user who was never seen, or was erased before.</param>
/// <param name="InteractionsCounted">The interactions that the profile had counted.</param>
/// <param name="InteractionsRemoved">The interactions removed from the log.</param>
/// <param name="QuarantinedRemoved">The records removed from quarantine.</param>
public sealed record ForgottenUser(
    UserId User, DateTimeOffset ErasedAt, bool Found, long InteractionsCounted, long InteractionsRemoved, long QuarantinedRemoved);
