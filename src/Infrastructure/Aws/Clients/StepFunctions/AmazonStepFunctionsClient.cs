using System.Text.Json;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Recommendation.Aws.Clients;

namespace Amazon.StepFunctions;

/// <summary>Starts and describes executions, under the names of AWSSDK.StepFunctions.</summary>
internal sealed class AmazonStepFunctionsClient : ThinServiceClient
{
    private static readonly ServiceOperation<StartExecutionRequest, StartExecutionResponse> s_startExecution =
        Operation<StartExecutionRequest, StartExecutionResponse>(
            "StartExecution",
            (writer, request) => request.Write(writer),
            StartExecutionResponse.Read
        );

    private static readonly ServiceOperation<DescribeExecutionRequest, DescribeExecutionResponse> s_describeExecution =
        Operation<DescribeExecutionRequest, DescribeExecutionResponse>(
            "DescribeExecution", (writer, request) => request.Write(writer), DescribeExecutionResponse.Read);

    internal AmazonStepFunctionsClient() : this(new AmazonStepFunctionsConfig())
    {
    }

    internal AmazonStepFunctionsClient(AmazonStepFunctionsConfig config) : base(config)
    {
    }

    internal AmazonStepFunctionsClient(AWSCredentials credentials, AmazonStepFunctionsConfig config)
        : base(credentials, config) { }

    internal Task<StartExecutionResponse> StartExecutionAsync(
        StartExecutionRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_startExecution, cancellationToken);

    internal Task<DescribeExecutionResponse> DescribeExecutionAsync(
        DescribeExecutionRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_describeExecution, cancellationToken);

    private static ServiceOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new(
            request =>
                JsonRpcRequest.Create(
                    request,
                    "Amazon.StepFunctions",
                    $"AWSStepFunctions.{name}",
                    "application/x-amz-json-1.0",
                    writer => write(writer, request)
                ),
            answer => JsonAnswer.Read(answer, read)
        );
}
