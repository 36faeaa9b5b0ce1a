using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Erasures;

/// <summary>
/// Carries out again the erasures that a restore undid, before anybody is shown what it brought back.
/// </summary>
public sealed record EraseRestored : IRequest<ListedErasures>
{
    /// <summary>What is noted in an erasure that a restore undid.</summary>
    public const string Problem =
        "The data folder holds data from before this erasure, as after a restore; the user is erased again.";

    internal sealed class Handler(IErasures erasures, ErasureJob job) : IRequestHandler<EraseRestored, ListedErasures>
    {
        public async Task<ListedErasures> Handle(EraseRestored request, CancellationToken cancellationToken)
        {
            var open = await erasures
                .ListAsync(includeFinished: false, since: null, cancellationToken)
                .Where(erasure => string.Equals(erasure.Problem, Problem, StringComparison.Ordinal))
                .ToListAsync(cancellationToken);
            var erased = new List<ForgottenUser>(open.Count);
            foreach (var erasure in open)
                erased.Add(ForgottenUser.From(await job.RunAsync(erasure, until: null, cancellationToken)));
            return new ListedErasures(erased);
        }
    }
}
