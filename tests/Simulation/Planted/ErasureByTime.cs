using MediatR;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Profiles;

namespace Recommendation.Simulation.Tests.Planted;

/// <summary>
/// An erasure as it was: its boundary is the time at which it began, by the clock of its host,
/// and nothing resumes it.
/// </summary>
internal sealed class ErasureByTime(
    IProfileStore profiles, IHistoryStore histories, IRecommendationStore recommendations, IInteractionLog log,
    IQuarantine quarantine, TimeProvider time) : IRequestHandler<ForgetUser, ForgottenUser>
{
    public async Task<ForgottenUser> Handle(ForgetUser request, CancellationToken cancellationToken)
    {
        var erasedAt = Timestamps.ToMilliseconds(time.GetUtcNow()).AddMilliseconds(1);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var before = (await profiles.LoadAsync([request.User], cancellationToken)).GetValueOrDefault(request.User)
                ?? UserProfile.New(request.User);
            var outcomes = await profiles.SaveAsync([before.Erase(erasedAt)], checkpoint: null, cancellationToken);
            if (outcomes[0].Status == SaveStatus.Conflict)
                continue;
            if (outcomes[0].Status != SaveStatus.Saved)
                break;
            await histories.SweepAsync(request.User, before.Version + 1, except: null, cancellationToken);
            await recommendations.ForgetAsync(request.User, cancellationToken);
            var work = new ErasureWork(request.User, new ErasureBoundary { ArrivedAt = erasedAt });
            var removed = await log.ForgetAsync(work, cancellationToken);
            var quarantined = await quarantine.ForgetAsync(work, cancellationToken);
            return new ForgottenUser(
                ErasureId.New(erasedAt),
                request.User,
                erasedAt,
                erasedAt,
                !before.IsEmpty,
                before.InteractionCount,
                removed.Removed,
                quarantined.Removed,
                [],
                Problem: null,
                FinishedAt: erasedAt,
                Receipt: null
            );
        }
        throw new StoreUnavailableException("The user could not be erased.");
    }
}
