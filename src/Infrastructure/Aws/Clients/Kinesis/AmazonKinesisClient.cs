using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Recommendation.Aws.Clients;

namespace Amazon.Kinesis;

/// <summary>The operations of Kinesis that a producer and a reader need, under the names of AWSSDK.Kinesis.</summary>
internal sealed class AmazonKinesisClient : ThinServiceClient
{
    private static readonly ServiceOperation<PutRecordsRequest, PutRecordsResponse> s_putRecords = Operation<
        PutRecordsRequest,
        PutRecordsResponse
    >("PutRecords", (writer, request) => request.Write(writer), PutRecordsResponse.Read);

    private static readonly ServiceOperation<ListShardsRequest, ListShardsResponse> s_listShards = Operation<
        ListShardsRequest,
        ListShardsResponse
    >("ListShards", (writer, request) => request.Write(writer), ListShardsResponse.Read);

    private static readonly ServiceOperation<GetShardIteratorRequest, GetShardIteratorResponse> s_getShardIterator =
        Operation<GetShardIteratorRequest, GetShardIteratorResponse>(
            "GetShardIterator",
            (writer, request) => request.Write(writer),
            GetShardIteratorResponse.Read
        );

    private static readonly ServiceOperation<GetRecordsRequest, GetRecordsResponse> s_getRecords = Operation<
        GetRecordsRequest,
        GetRecordsResponse
    >("GetRecords", (writer, request) => request.Write(writer), GetRecordsResponse.Read);

    private static readonly ServiceOperation<CreateStreamRequest, CreateStreamResponse> s_createStream = Operation<
        CreateStreamRequest,
        CreateStreamResponse
    >("CreateStream", (writer, request) => request.Write(writer), static _ => new CreateStreamResponse());

    private static readonly ServiceOperation<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse> s_describe =
        Operation<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse>(
            "DescribeStreamSummary", (writer, request) => request.Write(writer), DescribeStreamSummaryResponse.Read);

    internal AmazonKinesisClient() : this(new AmazonKinesisConfig())
    {
    }

    internal AmazonKinesisClient(AmazonKinesisConfig config) : base(config)
    {
    }

    internal AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig config) : base(credentials, config)
    {
    }

    internal Task<PutRecordsResponse> PutRecordsAsync(
        PutRecordsRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_putRecords, cancellationToken);

    internal Task<ListShardsResponse> ListShardsAsync(
        ListShardsRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_listShards, cancellationToken);

    internal Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_getShardIterator, cancellationToken);

    internal Task<GetRecordsResponse> GetRecordsAsync(
        GetRecordsRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_getRecords, cancellationToken);

    internal Task<CreateStreamResponse> CreateStreamAsync(
        CreateStreamRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_createStream, cancellationToken);

    internal Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(
        DescribeStreamSummaryRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_describe, cancellationToken);

    private static ServiceOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new(
            request =>
                JsonRpcRequest.Create(
                    request,
                    "Amazon.Kinesis",
                    $"Kinesis_20131202.{name}",
                    "application/x-amz-json-1.1",
                    writer => write(writer, request)
                ),
            answer => JsonAnswer.Read(answer, read)
        );
}
