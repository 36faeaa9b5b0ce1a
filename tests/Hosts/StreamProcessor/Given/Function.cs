using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Emulators;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>The real handler in this process, called as the loop calls it.</summary>
internal sealed class Function : IAsyncDisposable
{
    private readonly StreamFunction _function;

    internal Function(Action<IServiceCollection> register) => _function = new StreamFunction(register);

    internal TimeSpan TimeLeft { get; set; } = TimeSpan.FromMinutes(1);

    internal Task InitializeAsync() => _function.InitializeAsync();

    /// <summary>Gives the answer; an exception of the function is an error outcome, as Lambda sees it.</summary>
    internal async Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> call)
    {
        using var input = new MemoryStream(call.ToArray());
        try
        {
            await using var output = await _function.HandleAsync(input, new Invocation(TimeLeft));
            using var bytes = new MemoryStream();
            await output.CopyToAsync(bytes);
            return new InvocationOutcome(IsError: false, bytes.ToArray(), ErrorType: null);
        }
        catch (Exception problem)
        {
            return new InvocationOutcome(
                IsError: true,
                Encoding.UTF8.GetBytes(problem.Message),
                problem.GetType().Name
            );
        }
    }

    /// <summary>The sequence numbers that the function wants again.</summary>
    internal async Task<IReadOnlyList<string>> FailuresAsync(params IEnumerable<StreamedRecord> batch)
    {
        var outcome = await InvokeAsync(StreamedRecord.ToEvent(batch));
        Assert.False(outcome.IsError, outcome.Text);
        var answer = JsonSerializer.Deserialize<StreamsEventResponse>(outcome.Body.Span)!;
        return [.. answer.BatchItemFailures.Select(failure => failure.ItemIdentifier)];
    }

    public ValueTask DisposeAsync() => _function.DisposeAsync();
}
