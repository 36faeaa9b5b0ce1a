namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The answer to an invocation.</summary>
/// <param name="outputStream">The JSON, from the stream's position on.</param>
/// <param name="disposeOutputStream">Whether the stream is done with once it is sent.</param>
public sealed class InvocationResponse(Stream outputStream, bool disposeOutputStream)
{
    public InvocationResponse(Stream outputStream)
        : this(outputStream, disposeOutputStream: true)
    {
    }

    public Stream OutputStream { get; } = outputStream;

    public bool DisposeOutputStream { get; } = disposeOutputStream;
}
