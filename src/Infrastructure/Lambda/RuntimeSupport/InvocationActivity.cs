using System.Diagnostics;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// An activity for each invocation, below the one that X-Ray's trace header names:
/// <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.
/// </summary>
internal static class InvocationActivity
{
    internal static readonly ActivitySource Source = new("Recommendation.Lambda");

    internal static Activity? Start(InvocationRequest invocation)
    {
        var activity = Source.StartActivity("invocation", ActivityKind.Server, ParentOf(invocation.TraceId));
        activity?.SetTag("faas.invocation_id", invocation.LambdaContext.AwsRequestId);
        return activity;
    }

    /// <summary>The W3C form of the header; none where it is absent or of another form.</summary>
    internal static ActivityContext ParentOf(string? header)
    {
        string? trace = null, span = null;
        var isSampled = false;
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("Root=1-", StringComparison.Ordinal))
                trace = part["Root=1-".Length..].Replace("-", "", StringComparison.Ordinal);
            else if (part.StartsWith("Parent=", StringComparison.Ordinal))
                span = part["Parent=".Length..];
            else if (part is "Sampled=1")
                isSampled = true;
        }
        return ActivityContext.TryParse(
            $"00-{trace}-{span}-{(isSampled ? "01" : "00")}",
            traceState: null,
            isRemote: true,
            out var parent
        )
            ? parent
            : default;
    }
}
