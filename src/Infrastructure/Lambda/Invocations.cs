using Amazon.Lambda.Core;
using Recommendation.Lambda.Metrics;

namespace Recommendation.Lambda;

/// <summary>
/// What every invocation of a function has in common: its request id in the log, a cancellation some time before Lambda
/// ends the process, and its metrics written before the answer.
/// </summary>
public sealed class Invocations(EmfMetrics metrics, TimeProvider time)
{
    private static readonly AsyncLocal<string?> s_requestId = new();

    /// <summary>How long before the deadline work is to stop, so that there is time to say what was not done.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    internal static string? CurrentRequestId => s_requestId.Value;

    /// <param name="context">The invocation.</param>
    /// <param name="work">What to do; its token is cancelled <see cref="Margin"/> before the deadline, or when half of
    /// a very short time is over.</param>
    public async Task<T> RunAsync<T>(ILambdaContext context, Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(work);
        s_requestId.Value = context.AwsRequestId;
        var left = context.RemainingTime;
        var margin = left / 2 < Margin ? left / 2 : Margin;
        using var stop = new CancellationTokenSource(left - margin, time);
        try
        {
            return await work(stop.Token);
        }
        finally
        {
            metrics.Flush(context.AwsRequestId);
        }
    }
}
