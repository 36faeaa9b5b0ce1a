using MediatR;
using Recommendation.Application.Models;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Lists what a training job is to read, and how large a volume it needs.</summary>
internal static class TrainingInputStep
{
    /// <summary>For the model that is made, and for what the container writes meanwhile.</summary>
    private const int RoomGigabytes = 20;

    internal static async Task<TrainingInputAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var name = input.Name ?? throw new InvalidInputException($"Step '{input.Step}' needs a name.");
        var listed = await mediator.Send(
            new PrepareTraining(name, input.Window(), (input.UserPercent ?? 100) / 100),
            cancellationToken
        );
        return new(listed.Location, listed.Objects, RoomGigabytes + (int)Math.Ceiling(listed.Bytes / 1e9));
    }

    internal static TimeSpan? Window(this BatchInput input) =>
        input.Days is > 0 and var days ? TimeSpan.FromDays(days) : null;
}
