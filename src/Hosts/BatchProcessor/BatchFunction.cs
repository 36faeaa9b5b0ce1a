using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.BatchProcessor.Messages;
using Recommendation.BatchProcessor.Steps;
using Recommendation.Lambda;

namespace Recommendation.BatchProcessor;

/// <summary>The function: one invocation is one step, and one request.</summary>
internal sealed class BatchFunction(
    IServiceScopeFactory scopes,
    PromoteStep promote,
    Invocations invocations,
    TimeProvider time
)
{
    /// <summary>
    /// What a step that can go on later leaves of its time: a call to the ranker with its repetitions fits into it.
    /// </summary>
    private static readonly TimeSpan s_reserve = TimeSpan.FromMinutes(3);

    /// <summary>All steps, for the sentence that refuses another.</summary>
    internal const string Steps =
        "measure, plan, segment, complete, training-input, train, gate, promote, popular, feedback, compact or erase";

    internal Task<Stream> HandleAsync(Stream input, ILambdaContext context) =>
        invocations.RunAsync(
            context,
            async cancellationToken =>
            {
                // From here on, since reading and waiting for a scope take time as well.
                var until = time.GetUtcNow() + UsableOf(context.RemainingTime);
                var asked = await InputReader.ReadAsync(input, cancellationToken);
                await using var scope = scopes.CreateAsyncScope();
                return await AnswerAsync(
                    scope.ServiceProvider.GetRequiredService<IMediator>(),
                    asked,
                    until,
                    cancellationToken
                );
            }
        );

    private async Task<Stream> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        input.Step switch
        {
            "measure" => Write(
                await MeasureStep.AnswerAsync(mediator, cancellationToken),
                BatchJson.Default.MeasureAnswer
            ),
            "plan" => Write(
                await PlanStep.AnswerAsync(mediator, input, until, cancellationToken),
                BatchJson.Default.PlanAnswer
            ),
            "segment" => Write(
                await SegmentStep.AnswerAsync(mediator, input, until, cancellationToken),
                BatchJson.Default.SegmentAnswer
            ),
            "complete" => Write(
                await CompleteStep.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.ResultsDocument
            ),
            "training-input" => Write(
                await TrainingInputStep.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.TrainingInputAnswer
            ),
            "train" => Write(
                await TrainStep.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.TrainAnswer
            ),
            "gate" => Write(
                await GateStep.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.GateAnswer
            ),
            "promote" => Write(
                await promote.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.PromoteAnswer
            ),
            "popular" => Write(
                await PopularStep.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.PopularAnswer
            ),
            "feedback" => Write(
                await FeedbackStep.AnswerAsync(mediator, until, time, cancellationToken),
                BatchJson.Default.FeedbackAnswer
            ),
            "compact" => Write(
                await CompactStep.AnswerAsync(mediator, until, time, cancellationToken),
                BatchJson.Default.CompactAnswer
            ),
            "erase" => Write(
                await EraseStep.AnswerAsync(mediator, input, until, time, cancellationToken),
                BatchJson.Default.EraseAnswer
            ),
            null when string.Equals(input.DetailType, NightlyRun.DetailType, StringComparison.Ordinal) => Write(
                await NightlyRun.AnswerAsync(mediator, input, cancellationToken),
                BatchJson.Default.ResultsDocument
            ),
            null => throw new InvalidInputException("The input has no step and is no event of the schedule."),
            _ => throw new InvalidInputException($"There is no step '{input.Step}'; give {Steps}."),
        };

    private static TimeSpan UsableOf(TimeSpan remaining) =>
        remaining - (remaining / 4 < s_reserve ? remaining / 4 : s_reserve);

    private static MemoryStream Write<T>(T answer, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(answer, type), writable: false);
}
