using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Recommendation.Aws.Clients;

namespace Recommendation.Aws.DynamoDb.Direct;

/// <summary>An operation whose request and answer are JSON of our own writing and reading.</summary>
/// <param name="Name">As in the protocol.</param>
/// <param name="Describe">The SDK's request, with what its endpoint rules look at: the table's name.</param>
internal sealed record DirectOperation(string Name, Func<string, AmazonWebServiceRequest> Describe)
{
    internal const string ContentType = "application/x-amz-json-1.0";

    internal static readonly DirectOperation PutItem = new(
        "PutItem",
        table => new PutItemRequest { TableName = table }
    );
    internal static readonly DirectOperation GetItem = new(
        "GetItem",
        table => new GetItemRequest { TableName = table }
    );
    internal static readonly DirectOperation Scan = new("Scan", table => new ScanRequest { TableName = table });
    internal static readonly DirectOperation BatchGetItem = new("BatchGetItem", table => new BatchGetItemRequest
    {
        RequestItems = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal) { [table] = new() },
    });

    internal static readonly DirectOperation BatchWriteItem = new("BatchWriteItem", table => new BatchWriteItemRequest
    {
        RequestItems = new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal) { [table] = [] },
    });

    internal string Target { get; } = $"DynamoDB_20120810.{Name}";
}

/// <summary>The SDK's way for a request that is written already.</summary>
internal sealed class DirectInvocation : InvokeOptions
{
    internal DirectInvocation(DirectOperation operation, ReadOnlyMemory<byte> body, bool isRetry)
    {
        IsRetry = isRetry;
        RequestMarshaller = new Marshaller(operation, body);
        ResponseUnmarshaller = new ServiceAnswerReader(answer => new DirectResponse { Body = answer.Body });
    }

    /// <summary>Whether an attempt was made before, without the SDK.</summary>
    internal bool IsRetry { get; }

    private sealed class Marshaller(DirectOperation operation, ReadOnlyMemory<byte> body)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input) =>
            JsonRpcRequest.Create(
                input,
                "Amazon.DynamoDBv2",
                operation.Target,
                DirectOperation.ContentType,
                body.ToArray()
            );
    }
}

/// <summary>An answer as it came.</summary>
internal sealed class DirectResponse : AmazonWebServiceResponse
{
    internal ReadOnlyMemory<byte> Body { get; init; }
}
