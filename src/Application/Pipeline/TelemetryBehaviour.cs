using System.Diagnostics;
using MediatR;

namespace Recommendation.Application.Pipeline;

/// <summary>Outermost: one activity and one duration for each request, whatever its end.</summary>
internal sealed class TelemetryBehaviour<TRequest, TResponse>(TimeProvider time)
    : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        using var activity = Telemetry.Activities.StartActivity(typeof(TRequest).Name);
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var response = await next();
            outcome = "done";
            return response;
        }
        catch (Exception problem)
        {
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            throw;
        }
        finally
        {
            Telemetry.RequestDuration.Record(
                time.GetElapsedTime(started).TotalMilliseconds,
                new KeyValuePair<string, object?>("request", typeof(TRequest).Name),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
