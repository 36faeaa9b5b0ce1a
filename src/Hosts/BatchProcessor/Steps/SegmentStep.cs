using MediatR;
using Recommendation.Application.Batches;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Domain.Batches;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Ranks the users of a segment.</summary>
internal static class SegmentStep
{
    internal static async Task<SegmentAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var (run, segment) = (input.RequireRun(), input.RequireSegment());
        var result = await mediator.Send(
            new GenerateRecommendations(run, segment)
            {
                Progress = ProgressOf(segment, input.Continuation),
                Deadline = until,
            },
            cancellationToken
        );
        var counts = result.Counts;
        return new SegmentAnswer(
            run.Value,
            segment,
            !result.IsPartial,
            result.IsPartial ? From(result) : null,
            counts.Ranked,
            counts.Fallback,
            counts.Failed,
            counts.Skipped
        );
    }

    private static SegmentResult? ProgressOf(int segment, Continuation? done) =>
        done is null
            ? null
            : new SegmentResult(
                segment,
                new BatchCounts(done.Ranked, done.Fallback, done.Failed, done.Skipped),
                done.Recommendations,
                done.FirstError
            )
            {
                IsPartial = true,
                Left = done.Left is { } left ? RangesOf(left) : null,
            };

    private static PlaceRange[] RangesOf(int[] ends) =>
        ends.Length % 2 == 0
            ? [.. ends.Chunk(2).Select(pair => new PlaceRange(pair[0], pair[1]))]
            : throw new InvalidInputException(
                "continuation.left holds pairs: the first place, and the one after the last."
            );

    private static Continuation From(SegmentResult result) => new()
    {
        Ranked = result.Counts.Ranked,
        Fallback = result.Counts.Fallback,
        Failed = result.Counts.Failed,
        Skipped = result.Counts.Skipped,
        Recommendations = result.Recommendations,
        FirstError = result.FirstError,
        Left = [.. (result.Left ?? []).SelectMany(range => new[] { range.From, range.To })],
    };
}
