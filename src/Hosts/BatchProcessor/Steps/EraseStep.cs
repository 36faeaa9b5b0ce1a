using MediatR;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// Goes on with an erasure, or with all that are not finished, until the time is up or they have to wait.
/// </summary>
internal static class EraseStep
{
    /// <exception cref="StoreUnavailableException">An erasure was interrupted; asking again goes on with
    /// it.</exception>
    internal static async Task<EraseAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        DateTimeOffset until,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var resumed = (
            await mediator.Send(new ResumeErasures(input.Erasure(), until - time.GetUtcNow()), cancellationToken)
        ).Erasures;
        if (resumed.FirstOrDefault(erasure => erasure.Problem is not null) is { Problem: { } problem })
            throw new StoreUnavailableException(problem);
        var open = resumed.Where(erasure => !erasure.IsFinished).ToList();
        // One that can go on at once was stopped by the time alone.
        var wait =
            open.Count == 0
                ? TimeSpan.Zero
                : open.Min(erasure => erasure.SweepAt is { } at ? at - time.GetUtcNow() : TimeSpan.Zero);
        return new EraseAnswer(open.Count == 0, open.Count, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }
}
