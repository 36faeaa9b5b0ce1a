using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Merges an anonymous id into a user, as at a login: from then on both are one person to every reader. Both profiles
/// name each other, and nothing is copied. Merging again changes nothing.
/// </summary>
/// <param name="Anonymous">The id that events had before the login.</param>
/// <param name="User">The user.</param>
public sealed record MergeUsers(UserId Anonymous, UserId User) : IRequest<MergedUser>
{
    /// <summary>
    /// How often the profiles are read and saved again while somebody else changes them; two saves are needed.
    /// </summary>
    private const int MaximumAttempts = 100;

    /// <summary>After this many attempts each one waits a little.</summary>
    private const int AttemptsAtOnce = 10;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    internal sealed class Handler(IProfileStore profiles, IErasures erasures, TimeProvider time)
        : IRequestHandler<MergeUsers, MergedUser>
    {
        public async Task<MergedUser> Handle(MergeUsers request, CancellationToken cancellationToken)
        {
            await RequireNoErasureAsync(request, isNew: false, cancellationToken);
            var isNew = false;
            for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
            {
                var (anonymous, user, others) = await LoadAsync(request, cancellationToken);
                if (MergeLinks.ProblemOf(anonymous, user, others) is { } problem)
                    throw new RefusedException(problem);
                if (MergeLinks.Join(anonymous, user))
                {
                    if (isNew)
                        await RequireNoErasureAsync(request, isNew, cancellationToken);
                    return new MergedUser(request.Anonymous, request.User, isNew);
                }
                isNew |= await SaveAsync(NextOf(anonymous, user), cancellationToken);
                if (attempt > AttemptsAtOnce)
                    await Task.Delay(s_pause, time, cancellationToken);
            }
            throw new StoreUnavailableException(
                $"The profiles of '{request.Anonymous}' and '{request.User}' kept changing. Ask again: what is done "
                    + "stays.");
        }

        private async Task<(UserProfile Anonymous, UserProfile User, IReadOnlyDictionary<UserId, UserProfile> Others)>
            LoadAsync(MergeUsers request, CancellationToken cancellationToken)
        {
            var loaded = await profiles.LoadAsync(
                new HashSet<UserId> { request.Anonymous, request.User }, cancellationToken);
            var named = loaded.Values.Select(profile => profile.MergedInto).OfType<UserId>().ToHashSet();
            return (
                loaded.GetValueOrDefault(request.Anonymous) ?? UserProfile.New(request.Anonymous),
                loaded.GetValueOrDefault(request.User) ?? UserProfile.New(request.User),
                await profiles.LoadAsync(named, cancellationToken));
        }

        /// <summary>
        /// The user's profile is saved first. The save of the anonymous id's profile then decides, and that profile
        /// can name one user only: so of two merges at the same time one is refused.
        /// </summary>
        private static UserProfile NextOf(UserProfile anonymous, UserProfile user) =>
            user.MergedUsers.Contains(anonymous.UserId)
                ? anonymous with { MergedInto = user.UserId }
                : user with { MergedInto = null, MergedUsers = [.. user.MergedUsers, anonymous.UserId] };

        private async Task<bool> SaveAsync(UserProfile profile, CancellationToken cancellationToken)
        {
            var outcome = (await profiles.SaveAsync([profile], checkpoint: null, cancellationToken))[0];
            return outcome.Status switch
            {
                SaveStatus.Saved => true,
                SaveStatus.Conflict => false,
                _ => throw new StoreUnavailableException(outcome.Reason ?? "The profile could not be saved."),
            };
        }

        /// <summary>
        /// An erasure that has read the links and not yet replaced the profile would leave what is merged meanwhile.
        /// </summary>
        private async Task RequireNoErasureAsync(MergeUsers request, bool isNew, CancellationToken cancellationToken)
        {
            await foreach (var erasure in erasures.ListAsync(includeFinished: false, since: null, cancellationToken))
            {
                if (!IsBefore(erasure) || (erasure.User != request.Anonymous && erasure.User != request.User))
                    continue;
                // What was merged before stays, so that the erasure finds it.
                if (isNew)
                    await UnlinkAsync(request, cancellationToken);
                throw new RefusedException($"'{erasure.User}' is being erased at the moment: merge again in a minute.");
            }
        }

        private static bool IsBefore(Erasure erasure) => erasure.Boundary.Version == 0;

        /// <summary>Takes the anonymous id's link away; the user's alone does not count.</summary>
        private async Task UnlinkAsync(MergeUsers request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
            {
                var profile = await profiles.FindAsync(request.Anonymous, cancellationToken);
                if (profile is null || profile.MergedInto != request.User)
                    return;
                if (await SaveAsync(profile with { MergedInto = null }, cancellationToken))
                    return;
            }
        }
    }
}

/// <summary>An anonymous id and its user.</summary>
/// <param name="IsNew">Whether they were merged now, and not before.</param>
public sealed record MergedUser(UserId Anonymous, UserId User, bool IsNew);
