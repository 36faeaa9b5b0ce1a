using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Batches;

/// <summary>What a run that started now would do; changes nothing.</summary>
/// <param name="Users">As in <see cref="PlanBatch"/>.</param>
public sealed record PreviewBatch(IReadOnlyCollection<UserId>? Users = null) : IRequest<PreviewedBatch>
{
    internal sealed class Handler(
        IProfileStore profiles,
        IModelStore models,
        RecommendationOptions options,
        TimeProvider time
    ) : IRequestHandler<PreviewBatch, PreviewedBatch>
    {
        public async Task<PreviewedBatch> Handle(PreviewBatch request, CancellationToken cancellationToken)
        {
            var now = Timestamps.ToMilliseconds(time.GetUtcNow());
            var cutoff = now - options.ActiveWithin;
            var users = request.Users is { } chosen
                ? await CountAsync(chosen, cutoff, cancellationToken)
                : await CountAsync(
                    DateOnly.FromDateTime(cutoff.UtcDateTime),
                    DateOnly.FromDateTime(now.UtcDateTime).AddDays(1),
                    cancellationToken
                );
            var segments = (users + options.SegmentSize - 1) / options.SegmentSize;
            return new PreviewedBatch(users, segments, cutoff, (await models.CurrentAsync(cancellationToken)).Version);
        }

        private async Task<int> CountAsync(
            IReadOnlyCollection<UserId> chosen,
            DateTimeOffset cutoff,
            CancellationToken cancellationToken
        ) =>
            (await profiles.LoadAsync(chosen.ToHashSet(), cancellationToken)).Values.Count(profile =>
                profile.IsActiveSince(cutoff)
            );

        private async Task<int> CountAsync(DateOnly from, DateOnly through, CancellationToken cancellationToken)
        {
            var users = 0;
            for (var bucket = 0; bucket < ActiveBucket.Count; bucket++)
                users += (
                    await profiles
                        .ActiveUsersAsync(bucket, from, through, cancellationToken)
                        .ToHashSetAsync(cancellationToken: cancellationToken)
                ).Count;
            return users;
        }
    }
}

/// <summary>What a run would do.</summary>
/// <param name="Users">How many users it would rank.</param>
/// <param name="Segments">In how many segments.</param>
/// <param name="Cutoff">Users whose last interaction is at or after this are active.</param>
/// <param name="Model">With which model; null where all would get the popular items.</param>
public sealed record PreviewedBatch(int Users, int Segments, DateTimeOffset Cutoff, ModelVersion? Model);
