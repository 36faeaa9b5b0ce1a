using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Every profile, as a stream; tombstones of erased users are left out.</summary>
public sealed record ExportProfiles : IRequest<ExportedProfiles>
{
    internal sealed class Handler(IProfileStore profiles) : IRequestHandler<ExportProfiles, ExportedProfiles>
    {
        public Task<ExportedProfiles> Handle(ExportProfiles request, CancellationToken cancellationToken) =>
            Task.FromResult(
                new ExportedProfiles(profiles.AllAsync(cancellationToken).Where(profile => !profile.IsEmpty))
            );
    }
}

/// <summary>The profiles; read once.</summary>
public sealed record ExportedProfiles(IAsyncEnumerable<UserProfile> Profiles);
