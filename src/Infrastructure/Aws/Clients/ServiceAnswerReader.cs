using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Recommendation.Aws.Clients;

/// <summary>Reads an answer whole and hands it on; reads errors in the JSON form, and says what it can of those that are none.</summary>
internal sealed class ServiceAnswerReader(Func<ServiceAnswer, AmazonWebServiceResponse> read) : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var answer = AnswerOf(input);
        var response = read(answer);
        response.ResponseMetadata = answer.Metadata();
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var answer = AnswerOf(input);
        var (code, message) = ErrorOf(answer);
        return new AmazonServiceException(
            message ?? $"The service answered {(int)statusCode} {statusCode}.", innerException,
            (int)statusCode < 500 ? ErrorType.Sender : ErrorType.Receiver, code ?? statusCode.ToString(), answer.Header("x-amzn-RequestId"), statusCode);
    }

    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => true;

    private static ServiceAnswer AnswerOf(JsonUnmarshallerContext context)
    {
        using var buffer = new MemoryStream();
        context.Stream.CopyTo(buffer);
        return new ServiceAnswer(buffer.ToArray(), context.ResponseData);
    }

    private static (string? Code, string? Message) ErrorOf(in ServiceAnswer answer)
    {
        var code = answer.Header("x-amzn-ErrorType");
        string? message = null;
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
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
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    /// <summary><c>com.amazonaws.kinesis#LimitExceededException:http://…</c> is <c>LimitExceededException</c>.</summary>
    private static string? NameOf(string? code)
    {
        if (code is null)
            return null;
        var name = code.AsSpan(code.LastIndexOf('#') + 1);
        return name.IndexOf(':') is var colon and >= 0 ? name[..colon].ToString() : name.ToString();
    }
}
