using MediatR;
using Recommendation.Application.Recommendations;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Counts what is popular within windows.</summary>
internal static class PopularStep
{
    internal static async Task<PopularAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var counted = await mediator.Send(
            new CountPopularWindows(input.Windows ?? [.. PopularInWindow.Windows.Keys]),
            cancellationToken
        );
        return new(counted.Windows.ToDictionary(one => one.Window, one => one.Items, StringComparer.Ordinal));
    }
}
