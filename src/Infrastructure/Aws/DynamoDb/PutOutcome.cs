using System.Net;
using Amazon.Runtime;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.DynamoDb;

/// <summary>What a failed put means for the item.</summary>
internal static class PutOutcome
{
    internal static SaveOutcome Of(Exception problem, string subject) => problem switch
    {
        AmazonServiceException { ErrorCode: "ConditionalCheckFailedException" } => SaveOutcome.Conflict,
        _ when IsRefusal(problem) => SaveOutcome.Refused(problem.Describe(subject)),
        _ => SaveOutcome.Failed(problem.Describe(subject)),
    };

    /// <summary>
    /// Whether the item itself is at fault: larger than 400 KB, or a value that the table can't hold.
    /// </summary>
    internal static bool IsRefusal(Exception problem) => problem is AmazonServiceException
    {
        ErrorCode: "ValidationException" or "SerializationException",
    } or AmazonServiceException { StatusCode: HttpStatusCode.RequestEntityTooLarge };
}
