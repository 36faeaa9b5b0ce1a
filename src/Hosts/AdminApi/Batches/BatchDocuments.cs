using Recommendation.Application.Batches;

namespace Recommendation.AdminApi.Batches;

/// <summary>Some runs, newest start first.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record BatchesDocument(IReadOnlyList<BatchDocument> Runs, string? Next);
