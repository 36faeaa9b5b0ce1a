using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.Clients;

/// <summary>
/// A request of AWS's JSON protocol: POST to the root, the operation in a header, the members as a JSON object.
/// </summary>
internal static class JsonRpcRequest
{
    internal static IRequest Create(
        AmazonWebServiceRequest request,
        string service,
        string target,
        string contentType,
        Action<Utf8JsonWriter> writeMembers
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return Create(request, service, target, contentType, buffer.WrittenSpan.ToArray());
    }

    internal static IRequest Create(
        AmazonWebServiceRequest request,
        string service,
        string target,
        string contentType,
        byte[] body
    )
    {
        var marshalled = new DefaultRequest(request, service)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = body,
        };
        marshalled.Headers["X-Amz-Target"] = target;
        marshalled.Headers["Content-Type"] = contentType;
        marshalled.Headers["Content-Length"] = marshalled.Content.Length.ToString(CultureInfo.InvariantCulture);
        return marshalled;
    }
}
