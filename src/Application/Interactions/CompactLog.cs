using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Interactions;

/// <summary>Goes on making the log quicker to read by user, until nothing is left or the time is up.</summary>
/// <param name="Time">How long it may begin new steps.</param>
public sealed record CompactLog(TimeSpan Time) : IRequest<CompactedLog>
{
    internal sealed class Validator : AbstractValidator<CompactLog>
    {
        public Validator() =>
            RuleFor(request => request.Time).GreaterThan(TimeSpan.Zero).WithMessage("Give more time than none.");
    }

    internal sealed class Handler(IUserLog log, TimeProvider time) : IRequestHandler<CompactLog, CompactedLog>
    {
        public async Task<CompactedLog> Handle(CompactLog request, CancellationToken cancellationToken) =>
            new(await log.CompactAsync(time.GetUtcNow() + request.Time, cancellationToken));
    }
}

/// <summary>How far the compaction is.</summary>
/// <param name="IsDone">Whether nothing is left to do.</param>
public sealed record CompactedLog(bool IsDone);
