using System.Net;
using Amazon.Runtime;
using Recommendation.Application.Ports;

namespace Recommendation.Aws;

/// <summary>Tells failures of a service from mistakes of ours, and says them in a sentence.</summary>
internal static class ServiceFault
{
    /// <summary>
    /// Whether the exception is a service's failure to do what was asked: an error answer, none at all, or none in
    /// time. The caller's own cancellation is not.
    /// </summary>
    internal static bool IsServiceFault(this Exception problem, CancellationToken cancellationToken) =>
        problem switch
        {
            OperationCanceledException => !cancellationToken.IsCancellationRequested, // an attempt's own time limit
            AmazonServiceException
            or AmazonClientException
            or HttpRequestException
            or IOException
            or TimeoutException => true,
            _ => false,
        };

    /// <summary>Whether the service is short of capacity and asks to come back later.</summary>
    internal static bool IsThrottled(this AmazonServiceException problem) => problem.ErrorCode
        is "ProvisionedThroughputExceededException" or "ThrottlingException" or "RequestLimitExceeded" or "Throttling";

    /// <summary>What happened, after a name such as "Table recommendation-dev-user-profiles".</summary>
    internal static string Describe(this Exception problem, string subject) =>
        problem switch
        {
            AmazonServiceException { ErrorCode: "ResourceNotFoundException" or "NoSuchBucket" } =>
                $"{subject} does not exist in this account and region.",
            AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } fault =>
                $"{subject} may not be used with these credentials: {fault.Message}",
            AmazonServiceException { ErrorCode: { Length: > 0 } code } fault =>
                $"{subject} answered {code}: {fault.Message}",
            OperationCanceledException or TimeoutException => $"{subject} did not answer in time.",
            _ => $"{subject} could not be reached: {problem.Message}",
        };

    internal static StoreUnavailableException ToStoreFault(this Exception problem, string subject) =>
        new(problem.Describe(subject), problem);
}
