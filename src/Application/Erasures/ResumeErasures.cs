using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;

namespace Recommendation.Application.Erasures;

/// <summary>Continues the erasures that are not finished. Those that can't go on stay open, and say why.</summary>
/// <param name="Id">The only one to continue; null for all.</param>
/// <param name="Within">How long to go on; null for as long as it takes.</param>
public sealed record ResumeErasures(ErasureId? Id = null, TimeSpan? Within = null) : IRequest<ListedErasures>
{
    internal sealed class Handler(IErasures erasures, ErasureJob job, TimeProvider time)
        : IRequestHandler<ResumeErasures, ListedErasures>
    {
        public async Task<ListedErasures> Handle(ResumeErasures request, CancellationToken cancellationToken)
        {
            var until = time.GetUtcNow() + request.Within;
            var open = request.Id is { } id
                ? [await erasures.FindAsync(id, cancellationToken) ?? throw FindErasure.Missing(id)]
                : await erasures
                    .ListAsync(includeFinished: false, since: null, cancellationToken)
                    .ToListAsync(cancellationToken);
            var continued = new List<ForgottenUser>(open.Count);
            foreach (var erasure in open)
            {
                var now = await job.RunAsync(erasure, until, cancellationToken);
                continued.Add(ForgottenUser.From(now) with { SweepAt = job.SweepAt(now) });
            }
            return new ListedErasures(continued);
        }
    }
}

/// <summary>Some erasures.</summary>
public sealed record ListedErasures(IReadOnlyList<ForgottenUser> Erasures);
