using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts a handler and the loop together; the forms of the official builder that the hosts use.</summary>
public sealed class LambdaBootstrapBuilder
{
    private readonly LambdaBootstrapHandler _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(LambdaBootstrapHandler handler) => _handler = handler;

    /// <summary>A handler that reads and writes bytes.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new LambdaBootstrapBuilder(async invocation =>
            new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext)));
    }

    /// <summary>A handler that gives its answer as an object.</summary>
    public static LambdaBootstrapBuilder Create<TOutput>(
        Func<Stream, ILambdaContext, Task<TOutput>> handler,
        ILambdaSerializer serializer
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(serializer);
        return Answering(serializer, invocation => handler(invocation.InputStream, invocation.LambdaContext));
    }

    /// <summary>A handler of objects.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler,
        ILambdaSerializer serializer
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(serializer);
        return Answering(
            serializer,
            invocation => handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext)
        );
    }

    /// <summary>What to do before the first invocation; if it throws, Lambda is told and the process ends.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer initializer)
    {
        _initializer = initializer;
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _initializer);

    /// <summary>The bootstrap against an address and a clock of a test's own.</summary>
    internal LambdaBootstrap Build(string runtimeApi, TimeProvider time) =>
        new(_handler, _initializer, runtimeApi, time);

    private static LambdaBootstrapBuilder Answering<TOutput>(
        ILambdaSerializer serializer,
        Func<InvocationRequest, Task<TOutput>> handler
    )
    {
        // One invocation at a time, so that one buffer serves them all.
        var buffer = new MemoryStream();
        return new LambdaBootstrapBuilder(async invocation =>
        {
            var output = await handler(invocation);
            buffer.SetLength(0);
            serializer.Serialize(output, buffer);
            buffer.Position = 0;
            return new InvocationResponse(buffer, disposeOutputStream: false);
        });
    }
}
