using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Batches;
using Recommendation.Domain.Batches;

namespace Recommendation.AdminApi.Batches;

/// <summary>Batch runs: start, watch, stop.</summary>
internal static class BatchRoutes
{
    internal static async Task<BatchesDocument> ListAsync(int? n, IMediator mediator, CancellationToken cancellationToken)
    {
        var listed = await mediator.Send(new ListBatches(n ?? 20), cancellationToken);
        return new BatchesDocument([.. listed.Runs.Select(BatchDocument.From)], Next: null);
    }

    internal static async Task<BatchDetailDocument> GetAsync(string id, IMediator mediator, CancellationToken cancellationToken) =>
        BatchDetailDocument.From(await mediator.Send(new ShowBatch(PathIds.Run(id)), cancellationToken));

    internal static async Task<Accepted<BatchDocument>> PostAsync(IBatchStarter starter, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = await starter.StartAsync(BatchRunId.Manual(time.GetUtcNow()), users: null, cancellationToken);
        return TypedResults.Accepted($"/v1/batch-runs/{run.Id}", BatchDocument.From(run));
    }

    internal static async Task<BatchDocument> CancelAsync(string id, IMediator mediator, CancellationToken cancellationToken) =>
        BatchDocument.From(await mediator.Send(new CancelBatch(PathIds.Run(id)), cancellationToken));
}
