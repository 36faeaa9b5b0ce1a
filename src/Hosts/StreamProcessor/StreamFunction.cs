using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Lambda;

namespace Recommendation.StreamProcessor;

/// <summary>
/// The function of the stream: applies the records of a Kinesis event into the profiles. Called by a delivery stream it
/// makes archive lines of the same records instead; so both read them alike.
/// </summary>
/// <param name="register">Registers what the function works with; called before the first invocation.</param>
internal sealed class StreamFunction(Action<IServiceCollection> register) : IAsyncDisposable
{
    private readonly SourceGeneratorLambdaJsonSerializer<FunctionJson> _json = new();
    private ServiceProvider? _services;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or wrong; the
    /// message says which.</exception>
    internal Task<bool> InitializeAsync()
    {
        var services = new ServiceCollection();
        register(services);
        _services = services.BuildServiceProvider();
        return Task.FromResult(true);
    }

    /// <summary>As <see cref="InitializeAsync"/>, and opens the way to the table meanwhile.</summary>
    internal async Task<bool> StartAsync()
    {
        await InitializeAsync();
        _services!.GetRequiredService<ConnectionWarmup>().Begin();
        return true;
    }

    internal Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var services = _services ?? throw new InvalidOperationException("The function is not initialized.");
        return services
            .GetRequiredService<Invocations>()
            .RunAsync<Stream>(
                context,
                async cancellationToken =>
                {
                    var call = _json.Deserialize<FunctionEvent>(input);
                    if (call.Records is { } records)
                        return Write(
                            await services.GetRequiredService<RecordBatches>().ApplyAsync(records, cancellationToken)
                        );
                    if (call.Transform is { } transform)
                        return Write(services.GetRequiredService<ArchiveTransformation>().Transform(transform));
                    throw new FormatException(
                        "The event has neither the Records of a Kinesis stream nor the records of a delivery stream."
                    );
                }
            );
    }

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private MemoryStream Write<T>(T answer)
    {
        var output = new MemoryStream();
        _json.Serialize(answer, output);
        output.Position = 0;
        return output;
    }
}
