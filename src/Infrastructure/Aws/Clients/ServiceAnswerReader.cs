using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Recommendation.Aws.Clients;

/// <summary>
/// Reads an answer whole and hands it on; reads errors in the JSON form, and says what it can of those that are none.
/// </summary>
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
        return ServiceError.Read(
            answer.Body,
            answer.Header("x-amzn-ErrorType"),
            answer.Header("x-amzn-RequestId"),
            statusCode,
            innerException
        );
    }

    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => true;

    private static ServiceAnswer AnswerOf(JsonUnmarshallerContext context)
    {
        using var buffer = new MemoryStream();
        context.Stream.CopyTo(buffer);
        return new ServiceAnswer(buffer.ToArray(), context.ResponseData);
    }
}
