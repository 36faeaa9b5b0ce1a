namespace Recommendation.Aws.Costs;

/// <summary>
/// On-demand prices without free tiers and discounts. Prices change: look at the date, and at the region.
/// </summary>
public static class PriceList
{
    public const string Region = "us-east-1";

    private static readonly DateOnly s_taken = new(2025, 7, 1);

    internal static readonly UnitPrice ShardHour = Price("Kinesis shard", 0.015m, "hour");
    internal static readonly UnitPrice PutPayload = Price("Kinesis put payload of 25 KB", 0.014m, "million");
    internal static readonly UnitPrice LambdaRequest = Price("Lambda request", 0.20m, "million");
    internal static readonly UnitPrice LambdaTime = Price("Lambda memory and time, x86_64", 0.0000166667m, "GB-second");
    internal static readonly UnitPrice WriteUnit = Price("DynamoDB write capacity unit", 0.00065m, "hour");
    internal static readonly UnitPrice ReadUnit = Price("DynamoDB read capacity unit", 0.00013m, "hour");
    internal static readonly UnitPrice WriteRequests = Price("DynamoDB write on demand", 0.625m, "million");
    internal static readonly UnitPrice ReadRequests = Price("DynamoDB read on demand", 0.125m, "million");
    internal static readonly UnitPrice TableStorage = Price("DynamoDB storage", 0.25m, "GB-month");
    internal static readonly UnitPrice TableBackup = Price("DynamoDB point-in-time recovery", 0.20m, "GB-month");
    internal static readonly UnitPrice Firehose = Price("Firehose, each record rounded up to 5 KB", 0.029m, "GB");
    internal static readonly UnitPrice Partitioning = Price("Firehose dynamic partitioning", 0.02m, "GB");
    internal static readonly UnitPrice PartitionedObject = Price("Firehose object of a partition", 0.005m, "thousand");
    internal static readonly UnitPrice BucketStorage = Price("S3 standard storage", 0.023m, "GB-month");
    internal static readonly UnitPrice BucketPut = Price("S3 put or list", 0.005m, "thousand");
    internal static readonly UnitPrice BucketGet = Price("S3 get", 0.0004m, "thousand");
    internal static readonly UnitPrice Transition = Price("Step Functions state transition", 0.025m, "thousand");
    internal static readonly UnitPrice AlarmMetric = Price("CloudWatch metric under an alarm", 0.10m, "month");
    internal static readonly UnitPrice OwnMetric = Price("CloudWatch custom metric", 0.30m, "month");
    internal static readonly UnitPrice Dashboard = Price("CloudWatch dashboard", 3.00m, "month");
    internal static readonly UnitPrice LogIngestion = Price("CloudWatch Logs ingestion", 0.50m, "GB");
    internal static readonly UnitPrice Trace = Price("X-Ray trace recorded", 5.00m, "million");
    internal static readonly UnitPrice ApiRequest = Price("HTTP API request", 1.00m, "million");
    internal static readonly UnitPrice Key = Price("KMS key", 1.00m, "month");
    internal static readonly UnitPrice EndpointHour = Price("SageMaker ml.m5.large, real time", 0.115m, "hour");

    /// <summary>All that the calculator uses.</summary>
    public static IReadOnlyList<UnitPrice> All { get; } =
    [
        ShardHour,
        PutPayload,
        LambdaRequest,
        LambdaTime,
        WriteUnit,
        ReadUnit,
        WriteRequests,
        ReadRequests,
        TableStorage,
        TableBackup,
        Firehose,
        Partitioning,
        PartitionedObject,
        BucketStorage,
        BucketPut,
        BucketGet,
        Transition,
        AlarmMetric,
        OwnMetric,
        Dashboard,
        LogIngestion,
        Trace,
        ApiRequest,
        Key,
        EndpointHour,
    ];

    private static UnitPrice Price(string name, decimal dollars, string unit) => new(name, dollars, unit, s_taken);
}
