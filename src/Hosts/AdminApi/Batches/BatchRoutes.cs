using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Batches;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Batches;

/// <summary>Batch runs: start, watch, stop.</summary>
internal static class BatchRoutes
{
    internal static async Task<BatchesDocument> ListAsync(
        int? n,
        string? cursor,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var listed = await mediator.Send(new ListBatches(n ?? 20, Cursor.ToBatchPlace(cursor)), cancellationToken);
        return new BatchesDocument([.. listed.Runs.Select(BatchDocument.From)], Cursor.Of(listed.Next));
    }

    internal static async Task<BatchDetailDocument> GetAsync(
        string id,
        IMediator mediator,
        ServerPaths paths,
        IBatchStarter starter,
        CancellationToken cancellationToken
    )
    {
        var run = PathIds.Run(id);
        // A run that was started elsewhere has no record until it is planned.
        return await starter.FindStartedAsync(run, cancellationToken) is { } started
            ? BatchDetailDocument.From(new ShownBatch(started, []), paths.Hide)
            : BatchDetailDocument.From(await mediator.Send(new ShowBatch(run), cancellationToken), paths.Hide);
    }

    internal static async Task<IResult> PostAsync(
        StartRunBody? body,
        IMediator mediator,
        IBatchStarter starter,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var users = body?.ToUsers();
        if (body is { DryRun: true })
        {
            var preview = await mediator.Send(new PreviewBatch(users), cancellationToken);
            return TypedResults.Json(BatchPreviewDocument.From(preview), ApiJson.Wire.BatchPreviewDocument);
        }
        var id = body?.RunId is { } given ? PathIds.Run(given) : BatchRunId.Manual(time.GetUtcNow());
        var run = await starter.StartAsync(id, users, cancellationToken);
        return TypedResults.Accepted($"/v1/batch-runs/{run.Id}", BatchDocument.From(run));
    }

    internal static async Task<BatchDocument> CancelAsync(
        string id,
        IMediator mediator,
        CancellationToken cancellationToken
    ) => BatchDocument.From(await mediator.Send(new CancelBatch(PathIds.Run(id)), cancellationToken));
}

/// <summary>Which run to start.</summary>
/// <param name="Users">Whom to rank; null for all who are active. At most 2,000.</param>
/// <param name="DryRun">Whether only to say what the run would do.</param>
/// <param name="RunId">Its id; null for one made of the time. A run that was cancelled or died goes on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StartRunBody(IReadOnlyList<string>? Users = null, bool DryRun = false, string? RunId = null)
{
    private const int MaximumUsers = BatchRun.SegmentSize;

    internal IReadOnlyCollection<UserId>? ToUsers() =>
        Users switch
        {
            null => null,
            { Count: 0 or > MaximumUsers } => throw ApiProblem.Wrong(
                $"Name 1–{MaximumUsers} users, or none for all who are active."
            ),
            _ => [.. Users.Select(text => PathIds.Read(UserId.Parse, text))],
        };
}

/// <summary>What a run would do.</summary>
internal sealed record BatchPreviewDocument(bool DryRun, int Users, int Segments, string Cutoff, string? ModelVersion)
{
    internal static BatchPreviewDocument From(PreviewedBatch preview) => new(
        DryRun: true, preview.Users, preview.Segments, Timestamps.Format(preview.Cutoff), preview.Model?.Value);
}
