using System.Runtime.ExceptionServices;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Feedback;

/// <summary>
/// Derives the figures from the log where it can't be counted on from where the count stopped: parts of the log whose
/// input changed since are counted from nothing, those first that were counted longest ago. It can be stopped at any
/// point; asking again goes on. If a part can't be counted, such as for a damaged object, the others are, and then the
/// problem is thrown.
/// </summary>
/// <param name="TimeLimit">When to begin no further part; null for no limit.</param>
/// <param name="Rebuild">Whether to count all parts anew; the sums of erased users stay.</param>
public sealed record DeriveFeedback(TimeSpan? TimeLimit = null, bool Rebuild = false) : IRequest<DerivedFigures>
{
    internal sealed class Handler(
        IEnumerable<IDerivedFeedback> outputs, IEnumerable<PartDerivation> derivations, TimeProvider time)
        : IRequestHandler<DeriveFeedback, DerivedFigures>
    {
        // Many enough that it costs nothing, few enough that a process that dies loses little.
        private const int PartsBetweenSaves = 32;

        public async Task<DerivedFigures> Handle(DeriveFeedback request, CancellationToken cancellationToken)
        {
            var (output, derivation) = (outputs.LastOrDefault(), derivations.LastOrDefault());
            if (output is null || derivation is null)
                throw RefusedException.Unsupported(
                    "Figures are counted here when they are asked for; nothing has to be derived.");
            var until = request.TimeLimit is { } limit ? time.GetUtcNow() + limit : DateTimeOffset.MaxValue;
            var run = new DerivationRun(output, derivation, await output.ProgressAsync(cancellationToken), time);
            await run.ListAsync(cancellationToken);
            var counted = 0;
            Exception? problem = null;
            foreach (var part in run.ToCount(request.Rebuild))
            {
                if (time.GetUtcNow() >= until)
                    break;
                try
                {
                    await run.CountAsync(part, cancellationToken);
                }
                catch (Exception failed) when (failed is UnavailableException or StoredFormatException)
                {
                    // The others are counted all the same; the time up to which figures are counted stays behind.
                    problem ??= failed;
                    continue;
                }
                if (++counted % PartsBetweenSaves == 0)
                    await run.SaveProgressAsync(cancellationToken);
            }
            var through = await run.SaveProgressAsync(cancellationToken);
            if (problem is not null)
                ExceptionDispatchInfo.Throw(problem);
            return new DerivedFigures(counted, run.Left, through);
        }
    }
}

/// <summary>What was derived.</summary>
/// <param name="Counted">How many parts were counted.</param>
/// <param name="Left">How many changed ones are left for the next time.</param>
/// <param name="CountedThrough">What arrived before is counted; null if that can't be said yet.</param>
public sealed record DerivedFigures(int Counted, int Left, DateTimeOffset? CountedThrough);
