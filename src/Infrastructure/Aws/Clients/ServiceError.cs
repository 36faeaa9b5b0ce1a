using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace Recommendation.Aws.Clients;

/// <summary>Reads an error of AWS's JSON protocol, and says what it can of one that is none.</summary>
internal static class ServiceError
{
    /// <param name="body">The answer's body.</param>
    /// <param name="type">The header <c>x-amzn-ErrorType</c>.</param>
    /// <param name="requestId">The header <c>x-amzn-RequestId</c>.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="inner">What the SDK made of it.</param>
    internal static AmazonServiceException Read(
        ReadOnlyMemory<byte> body,
        string? type,
        string? requestId,
        HttpStatusCode status,
        Exception? inner
    )
    {
        var (code, message) = ErrorOf(body, type);
        return new AmazonServiceException(
            message ?? $"The service answered {(int)status} {status}.", inner,
            (int)status < 500 ? ErrorType.Sender : ErrorType.Receiver, code ?? status.ToString(), requestId, status);
    }

    private static (string? Code, string? Message) ErrorOf(ReadOnlyMemory<byte> body, string? code)
    {
        string? message = null;
        try
        {
            using var json = JsonDocument.Parse(body);
            code ??= TextOf(json.RootElement, "__type") ?? TextOf(json.RootElement, "code");
            message = TextOf(json.RootElement, "message") ?? TextOf(json.RootElement, "Message");
        }
        catch (JsonException)
        {
            message = null; // A proxy's page, or nothing: the status code is all there is to say.
        }
        return (NameOf(code), message);
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>
    /// <c>com.amazonaws.kinesis#LimitExceededException:http://…</c> is <c>LimitExceededException</c>.
    /// </summary>
    private static string? NameOf(string? code)
    {
        if (code is null)
            return null;
        var name = code.AsSpan(code.LastIndexOf('#') + 1);
        return name.IndexOf(':') is var colon and >= 0 ? name[..colon].ToString() : name.ToString();
    }
}
