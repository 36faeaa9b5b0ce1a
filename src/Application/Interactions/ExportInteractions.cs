using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>Every interaction of the log in its order, as a stream; what an erasure covers is left out.</summary>
public sealed record ExportInteractions : IRequest<ExportedInteractions>
{
    internal sealed class Handler(IInteractionLog log, IProfileStore profiles)
        : IRequestHandler<ExportInteractions, ExportedInteractions>
    {
        public Task<ExportedInteractions> Handle(ExportInteractions request, CancellationToken cancellationToken) =>
            Task.FromResult(new ExportedInteractions(
                log.ReadAsync(after: null, cancellationToken).WithoutErasedAsync(profiles, cancellationToken)));
    }
}

/// <summary>The interactions; read once.</summary>
public sealed record ExportedInteractions(IAsyncEnumerable<Interaction> Interactions);
