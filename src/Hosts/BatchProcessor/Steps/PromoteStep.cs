using MediatR;
using Recommendation.Application.Models;
using Recommendation.Aws;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Makes a model the current one, if the pointer is still the one that the gate compared with.</summary>
internal sealed class PromoteStep(AwsOptions options)
{
    internal async Task<PromoteAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var version = input.Model() ?? throw new InvalidInputException("Step 'promote' needs a modelVersion.");
        var pointer = await mediator.Send(
            new PromoteModel(version, input.ExpectedPointer?.ToPointer()),
            cancellationToken
        );
        return new PromoteAnswer(
            version.Value,
            pointer.Previous?.Value,
            $"s3://{options.BucketName}/{BucketKeys.ArtefactOf(version)}"
        );
    }
}
