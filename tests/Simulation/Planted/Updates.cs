using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;

namespace Recommendation.Simulation.Tests.Planted;

/// <summary>Profiles as they were updated: the quarantine first, and nothing if it fails.</summary>
internal sealed class QuarantineFirst(IRequestHandler<UpdateProfiles, UpdatedProfiles> inner, IQuarantine quarantine)
    : IRequestHandler<UpdateProfiles, UpdatedProfiles>
{
    public async Task<UpdatedProfiles> Handle(UpdateProfiles request, CancellationToken cancellationToken)
    {
        if (request.Rejected.Count > 0)
            await quarantine.AddAsync(request.Rejected, cancellationToken);
        return await inner.Handle(request, cancellationToken);
    }
}

/// <summary>Defect 1 of the reference system: whatever fails is reported as done.</summary>
internal sealed class SilentFailures(IRequestHandler<UpdateProfiles, UpdatedProfiles> inner)
    : IRequestHandler<UpdateProfiles, UpdatedProfiles>
{
    public async Task<UpdatedProfiles> Handle(UpdateProfiles request, CancellationToken cancellationToken) =>
        await inner.Handle(request, cancellationToken) with { Failed = [] };
}
