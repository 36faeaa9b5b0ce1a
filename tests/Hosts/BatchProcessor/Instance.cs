using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>One instance of the function.</summary>
internal sealed class Instance(ServiceProvider provider)
{
    internal static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    internal ServiceProvider Services => provider;

    internal async Task<JsonElement> InvokeAsync(string input, TimeSpan? remaining = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        await using var answer = await provider
            .GetRequiredService<BatchFunction>()
            .HandleAsync(stream, new Context(remaining ?? Timeout));
        using var json = await JsonDocument.ParseAsync(answer);
        return json.RootElement.Clone();
    }

    /// <summary>A step with members, and the continuation of an earlier answer.</summary>
    internal Task<JsonElement> StepAsync(string step, string members, JsonElement? before = null) =>
        InvokeAsync(
            $$"""{"step":"{{step}}",{{members}}{{(before is { } answer ? $",\"continuation\":{answer.GetProperty("continuation").GetRawText()}" : "")}}}"""
        );

    /// <summary>As the state machine does: plan and each segment until they are done, then complete.</summary>
    internal async Task<JsonElement> RunAsync(string run)
    {
        var plan = await UntilDoneAsync("plan", $"\"runId\":\"{run}\"");
        for (var segment = 0; segment < plan.GetProperty("segments").GetInt32(); segment++)
            await UntilDoneAsync("segment", $"\"runId\":\"{run}\",\"segment\":{segment}");
        return await StepAsync("complete", $"\"runId\":\"{run}\"");
    }

    internal async Task<JsonElement> UntilDoneAsync(string step, string members)
    {
        var answer = await StepAsync(step, members);
        while (!answer.GetProperty("done").GetBoolean())
            answer = await StepAsync(step, members, answer);
        return answer;
    }

    private sealed class Context(TimeSpan remaining) : ILambdaContext
    {
        public string AwsRequestId => "request";

        public string FunctionName => "batch-processor";

        public string FunctionVersion => "1";

        public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:123456789012:function:batch-processor";

        public ILambdaLogger Logger => throw new NotSupportedException();

        public string LogGroupName => "log";

        public string LogStreamName => "stream";

        public int MemoryLimitInMB => 1024;

        public TimeSpan RemainingTime => remaining;
    }
}
