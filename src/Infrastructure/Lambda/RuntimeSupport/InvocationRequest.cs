using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation as it comes: the event is read from the connection while it is parsed.</summary>
public sealed class InvocationRequest : IDisposable
{
    private readonly HttpResponseMessage _answer;

    internal InvocationRequest(HttpResponseMessage answer, Stream inputStream, LambdaContext context) =>
        (_answer, InputStream, LambdaContext, TraceId) = (answer, inputStream, context, context.TraceId);

    public Stream InputStream { get; }

    public ILambdaContext LambdaContext { get; }

    internal string? TraceId { get; }

    public void Dispose()
    {
        InputStream.Dispose();
        _answer.Dispose();
    }
}
