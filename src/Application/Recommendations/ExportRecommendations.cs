using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Every stored list, as a stream; without items that were deleted since.</summary>
public sealed record ExportRecommendations : IRequest<ExportedRecommendations>
{
    internal sealed class Handler(IRecommendationStore lists, IItemCatalog catalog, TimeProvider time)
        : IRequestHandler<ExportRecommendations, ExportedRecommendations>
    {
        public Task<ExportedRecommendations> Handle(
            ExportRecommendations request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new ExportedRecommendations(lists.AllAsync(cancellationToken).Select(
            async (RecommendationList list, CancellationToken stop) =>
                await catalog.WithoutDeletedAsync(list, time.GetUtcNow(), stop))));
    }
}

/// <summary>The lists; read once.</summary>
public sealed record ExportedRecommendations(IAsyncEnumerable<RecommendationList> Lists);
