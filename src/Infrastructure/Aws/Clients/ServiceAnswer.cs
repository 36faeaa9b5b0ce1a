using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Recommendation.Aws.Clients;

/// <summary>An answer as it came: whole body and headers.</summary>
internal readonly record struct ServiceAnswer(ReadOnlyMemory<byte> Body, IWebResponseData Headers)
{
    internal string? Header(string name) => Headers.IsHeaderPresent(name) ? Headers.GetHeaderValue(name) : null;

    internal ResponseMetadata Metadata() => new() { RequestId = Header("x-amzn-RequestId") ?? "" };
}
