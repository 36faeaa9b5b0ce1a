using FluentValidation;
using MediatR;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Applies what a partition of the log holds beyond its checkpoint, to the end, in batches; then continues erasures
/// that were interrupted.
/// </summary>
public sealed record CatchUpProfiles(string Partition) : IRequest<CaughtUpProfiles>
{
    /// <summary>
    /// Interactions per batch. Larger batches meet more of a user's events at once, and so write fewer profiles; this
    /// one holds a few megabytes.
    /// </summary>
    public const int BatchSize = 16_384;

    internal sealed class Validator : AbstractValidator<CatchUpProfiles>
    {
        public Validator() =>
            RuleFor(request => request.Partition).NotEmpty().WithMessage("Name the partition of the log to apply.");
    }

    internal sealed class Handler(IInteractionLog log, IProfileStore profiles, IMediator mediator)
        : IRequestHandler<CatchUpProfiles, CaughtUpProfiles>
    {
        public async Task<CaughtUpProfiles> Handle(CatchUpProfiles request, CancellationToken cancellationToken)
        {
            var checkpoint = await profiles.CheckpointAsync(request.Partition, cancellationToken);
            var counted = 0L;
            var written = 0L;
            await foreach (
                var batch in log.ReadAsync(checkpoint, cancellationToken).ChunkAsync(BatchSize, cancellationToken)
            )
            {
                var updated = await mediator.Send(new UpdateProfiles(batch, [], batch[^1].Position), cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                if (updated.Failed.Count > 0)
                    throw new StoreUnavailableException(
                        $"{updated.Failed.Count} interactions are in the log but not in the profiles yet: "
                            + $"{updated.FirstError} They are applied by the next run."
                    );
                counted += updated.Counted;
                written += updated.ProfilesWritten;
            }
            // What was interrupted by a crash goes on here, in whatever process comes first.
            await mediator.Send(new ResumeErasures(), cancellationToken);
            return new CaughtUpProfiles(counted, written);
        }
    }
}

/// <summary>What was applied.</summary>
public sealed record CaughtUpProfiles(long Counted, long ProfilesWritten);
