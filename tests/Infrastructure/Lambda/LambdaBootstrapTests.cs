using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.Extensions.Time.Testing;
using Recommendation.Emulators;

namespace Recommendation.Lambda.Tests;

public sealed partial class LambdaBootstrapTests
{
    [Fact]
    public async Task Invocations_are_answered_one_after_the_other()
    {
        await using var loop = await Loop.StartAsync(Echo());
        var first = loop.InvokeAsync("""{"word":"one"}""");
        var second = loop.InvokeAsync("""{"word":"two"}""");

        Assert.Equal("""{"word":"one, heard"}""", (await first).Text);
        Assert.Equal("""{"word":"two, heard"}""", (await second).Text);
    }

    [Fact]
    public async Task A_shorter_answer_holds_nothing_of_the_one_before()
    {
        await using var loop = await Loop.StartAsync(Echo());
        await loop.InvokeAsync($$"""{"word":"{{new string('x', 10_000)}}"}""");

        Assert.Equal("""{"word":"y, heard"}""", (await loop.InvokeAsync("""{"word":"y"}""")).Text);
    }

    [Fact]
    public async Task An_error_is_told_with_type_message_and_stack_and_the_loop_goes_on()
    {
        await using var loop = await Loop.StartAsync(
            LambdaBootstrapBuilder.Create<Word, Word>(
                (word, _) =>
                    word.Text is "bad"
                        ? throw new InvalidOperationException("It is bad.", new FormatException("It is no word."))
                        : Task.FromResult(word),
                new SourceGeneratorLambdaJsonSerializer<WordJson>()
            )
        );

        var failed = await loop.InvokeAsync("""{"word":"bad"}""");
        var fine = await loop.InvokeAsync("""{"word":"good"}""");

        Assert.True(failed.IsError);
        Assert.Equal("Function.InvalidOperationException", failed.ErrorType);
        using var document = JsonDocument.Parse(failed.Body);
        Assert.Equal("InvalidOperationException", document.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("It is bad.", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains(
            nameof(LambdaBootstrapTests),
            document.RootElement.GetProperty("stackTrace")[0].GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "It is no word.",
            document.RootElement.GetProperty("cause").GetProperty("errorMessage").GetString()
        );
        Assert.False(fine.IsError);
    }

    [Fact]
    public async Task An_event_that_is_no_json_is_an_error_of_its_invocation()
    {
        await using var loop = await Loop.StartAsync(Echo());

        Assert.Equal("Function.JsonException", (await loop.InvokeAsync("{")).ErrorType);
        Assert.Equal("Function.JsonException", (await loop.InvokeAsync("null")).ErrorType);
        Assert.False((await loop.InvokeAsync("""{"word":"one"}""")).IsError);
    }

    [Fact]
    public async Task An_answer_that_lambda_refuses_becomes_an_error()
    {
        await using var loop = await Loop.StartAsync(LambdaBootstrapBuilder.Create(
            (_, _) => Task.FromResult<Stream>(new MemoryStream(new byte[RuntimeApi.MaximumAnswer + 1]))));

        var outcome = await loop.InvokeAsync("{}");

        Assert.Equal("Function.AnswerRefusedException", outcome.ErrorType);
        Assert.Contains("413", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_can_not_start_says_so_and_ends()
    {
        await using var loop = await Loop.StartAsync(
            Echo().UseBootstrapHandler(() => throw new FormatException("TABLE_NAME is not set."))
        );

        var outcome = await loop.Api.InitError;

        Assert.Equal("Function.FormatException", outcome.ErrorType);
        Assert.Contains("TABLE_NAME is not set.", outcome.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(() => loop.Running);
    }

    [Fact]
    public async Task An_initializer_that_declines_ends_the_loop()
    {
        await using var loop = await Loop.StartAsync(Echo().UseBootstrapHandler(() => Task.FromResult(false)));

        await loop.Running;
        Assert.False(loop.Api.Ready.IsCompleted);
    }

    [Fact]
    public async Task A_stop_between_invocations_ends_the_loop()
    {
        await using var loop = await Loop.StartAsync(Echo());
        await loop.Api.Ready;

        await loop.StopAsync();

        await loop.Running;
    }

    [Fact]
    public async Task A_stop_during_an_invocation_lets_it_answer()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var loop = await Loop.StartAsync(LambdaBootstrapBuilder.Create(async (stream, _) =>
        {
            started.SetResult();
            await go.Task;
            return stream;
        }));
        var answer = loop.InvokeAsync("{}");
        await started.Task;

        await loop.StopAsync();
        go.SetResult();

        Assert.Equal("{}", (await answer).Text);
        await loop.Running;
    }

    [Fact]
    public async Task The_context_tells_id_arn_and_the_time_that_is_left()
    {
        ILambdaContext? seen = null;
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var loop = await Loop.StartAsync(LambdaBootstrapBuilder.Create((stream, context) =>
        {
            seen = context;
            return Task.FromResult(stream);
        }), time);

        await loop.InvokeAsync("{}", TimeSpan.FromMinutes(5));

        Assert.NotEmpty(seen!.AwsRequestId);
        Assert.StartsWith("arn:aws:lambda:", seen.InvokedFunctionArn, StringComparison.Ordinal);
        // The deadline was set by a clock that went on since.
        Assert.InRange(
            seen.RemainingTime,
            TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMinutes(6)
        );
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, seen.RemainingTime);
    }

    [Fact]
    public async Task The_trace_is_in_the_environment_and_above_the_invocations_activity()
    {
        var (variable, activity) = ("", default(ActivityContext));
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Recommendation.Lambda",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await using var loop = await Loop.StartAsync(
            LambdaBootstrapBuilder.Create(
                (stream, _) =>
                {
                    variable = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
                    activity = new ActivityContext(
                        Activity.Current!.TraceId,
                        Activity.Current.ParentSpanId,
                        Activity.Current.ActivityTraceFlags
                    );
                    return Task.FromResult(stream);
                }
            )
        );
        const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

        await loop.InvokeAsync("{}", traceId: Header);

        Assert.Equal(Header, variable);
        Assert.Equal("5759e988bd862e3fe1be46a994272793", activity.TraceId.ToHexString());
        Assert.Equal("53995c3f42cd8ad8", activity.SpanId.ToHexString());
    }

    private static LambdaBootstrapBuilder Echo() =>
        LambdaBootstrapBuilder.Create<Word, Word>(
            (word, _) => Task.FromResult(new Word { Text = word.Text + ", heard" }),
            new SourceGeneratorLambdaJsonSerializer<WordJson>()
        );

    internal sealed class Word
    {
        [JsonPropertyName("word")]
        public string Text { get; set; } = "";
    }

    [JsonSerializable(typeof(Word))]
    internal sealed partial class WordJson : JsonSerializerContext;
}
