using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Interactions;

/// <summary>Goes on making the log quicker to read by user, until nothing is left or the time is up.</summary>
/// <param name="Time">How long it may begin new steps.</param>
public sealed record CompactLog(TimeSpan Time) : IRequest<bool>
{
    internal sealed class Validator : AbstractValidator<CompactLog>
    {
        public Validator() => RuleFor(request => request.Time).GreaterThan(TimeSpan.Zero).WithMessage("Give more time than none.");
    }

    /// <summary>Answers whether nothing is left to do.</summary>
    internal sealed class Handler(IUserLog log, TimeProvider time) : IRequestHandler<CompactLog, bool>
    {
        public Task<bool> Handle(CompactLog request, CancellationToken cancellationToken) =>
            log.CompactAsync(time.GetUtcNow() + request.Time, cancellationToken);
    }
}
