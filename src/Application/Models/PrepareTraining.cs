using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Models;

/// <summary>
/// Puts together what a training job elsewhere is to read: the last days of a share of the users, whole users each.
/// </summary>
/// <param name="Name">Names the input.</param>
/// <param name="Window">How far back; null for all.</param>
/// <param name="Share">Of the users, above 0 and at most 1.</param>
public sealed record PrepareTraining(string Name, TimeSpan? Window = null, double Share = 1) : IRequest<TrainingInput>
{
    internal sealed class Validator : AbstractValidator<PrepareTraining>
    {
        public Validator(IEnumerable<ITrainingInputs> inputs)
        {
            RuleFor(request => request)
                .Must(_ => inputs.Any())
                .WithMessage("Trainings read the log itself here; nothing has to be put together for them.");
            RuleFor(request => request.Name)
                .Matches("^[A-Za-z0-9._:-]{1,128}$")
                .WithMessage("Name the input with letters, digits, '.', '_', ':' and '-'.");
            RuleFor(request => request.Share)
                .Must(share => share is > 0 and <= 1)
                .WithMessage("Give a share of the users above 0 and at most 1.");
            RuleFor(request => request.Window)
                .Must(window => window is null || window > TimeSpan.Zero)
                .WithMessage("Give a window above nothing.");
        }
    }

    internal sealed class Handler(IEnumerable<ITrainingInputs> inputs, IUserLog log, TimeProvider time)
        : IRequestHandler<PrepareTraining, TrainingInput>
    {
        public async Task<TrainingInput> Handle(PrepareTraining request, CancellationToken cancellationToken)
        {
            var from = request.Window is { } window ? time.GetUtcNow() - window : (DateTimeOffset?)null;
            var parts = new LogParts(0, UserBucket.CountOf(request.Share, log.Parts), from);
            var input = await inputs.First().WriteAsync(request.Name, parts, cancellationToken);
            return input.Objects > 0 ? input : throw new RefusedException("The archive holds nothing to train on yet.");
        }
    }
}
