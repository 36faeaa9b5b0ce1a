using System.Globalization;

namespace Recommendation.Aws;

/// <summary>
/// What the adapters work on. Region, credentials and endpoints are not here: the SDK's own chain decides them
/// (<c>AWS_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ENDPOINT_URL</c>, <c>AWS_ENDPOINT_URL_DYNAMODB</c> …).
/// </summary>
public sealed class AwsOptions
{
    /// <summary>The DynamoDB table; <c>TABLE_NAME</c>.</summary>
    public string? TableName { get; set; }

    /// <summary>The S3 bucket of models, batch runs, archive and quarantine; <c>BUCKET_NAME</c>.</summary>
    public string? BucketName { get; set; }

    /// <summary>The Kinesis stream; <c>STREAM_NAME</c>.</summary>
    public string? StreamName { get; set; }

    /// <summary>The SageMaker endpoint; <c>ENDPOINT_NAME</c>.</summary>
    public string? EndpointName { get; set; }

    /// <summary>
    /// What the endpoint understands; <c>ENDPOINT_FORMAT</c>: <c>users</c> (the default) or <c>single-user</c>.
    /// </summary>
    public EndpointFormat EndpointFormat { get; set; }

    /// <summary>The state machine of batch runs; <c>STATE_MACHINE_ARN</c>.</summary>
    public string? StateMachineArn { get; set; }

    /// <summary>
    /// The state machine that carries out erasures; <c>ERASURE_MACHINE_ARN</c>. Null: they are carried out where they
    /// are requested.
    /// </summary>
    public string? ErasureMachineArn { get; set; }

    /// <summary>
    /// How long after its last save a profile is kept, where the table's time to live is on; <c>PROFILE_TTL_DAYS</c>.
    /// Null (the default) keeps it for ever. Not shorter than the log's retention and a day, or a redelivery would
    /// count anew.
    /// </summary>
    public TimeSpan? ProfileTimeToLive { get; set; }

    /// <summary>
    /// Into how many keys each of the 16 buckets of the index of active users is split; 1–16, default 1;
    /// <c>TABLE_INDEX_SPLITS</c>. It may be raised at any time, and not be lowered within the days that a run looks
    /// back: what is listed under the other keys would be missed.
    /// </summary>
    public int IndexSplits { get; set; } = 1;

    /// <summary>How many profiles are saved at once; 1–256, default 64; <c>SAVES_IN_FLIGHT</c>.</summary>
    public int SavesInFlight { get; set; } = 64;

    /// <summary>
    /// How often the SDK repeats a request that was throttled, met a server error or got no answer; 0–10, default 4;
    /// <c>AWS_REQUEST_RETRIES</c>. Each repetition waits up to twice as long as the one before, at most 20 s.
    /// </summary>
    public int RequestRetries { get; set; } = 4;

    /// <summary>
    /// How often the part of an answered batch that the stream left undone is sent again; 0–20, default 8.
    /// </summary>
    public int ResendAttempts { get; set; } = 8;

    /// <summary>
    /// How long a call that the table throttles is repeated if nothing of it is served; up to an hour, default 15
    /// minutes; <c>TABLE_THROTTLE_SECONDS</c>. The deadline of a step ends it earlier.
    /// </summary>
    public TimeSpan ThrottleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest wait before the first resend; doubles with each, up to 5 s; default 50 ms.</summary>
    public TimeSpan ResendDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one attempt at a request to DynamoDB or Kinesis may take; default 10 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one call to the endpoint may take; default 60 s, which is SageMaker's own limit;
    /// <c>ENDPOINT_TIMEOUT_SECONDS</c>.
    /// </summary>
    public TimeSpan EndpointTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The wait before a failed call to the endpoint is repeated, about; doubles each time, up to 10 s; default 500 ms.
    /// </summary>
    public TimeSpan EndpointRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads the settings that are named above.</summary>
    /// <param name="setting">Gives a setting's text or null: <see cref="Environment.GetEnvironmentVariable(string)"/>,
    /// or a configuration's indexer.</param>
    /// <exception cref="FormatException">A setting is not of its form; the message says which.</exception>
    public static AwsOptions From(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var defaults = new AwsOptions();
        return new AwsOptions
        {
            TableName = setting("TABLE_NAME"),
            BucketName = setting("BUCKET_NAME"),
            StreamName = setting("STREAM_NAME"),
            EndpointName = setting("ENDPOINT_NAME"),
            EndpointFormat = FormatOf(setting("ENDPOINT_FORMAT")),
            StateMachineArn = setting("STATE_MACHINE_ARN"),
            ErasureMachineArn = setting("ERASURE_MACHINE_ARN"),
            ProfileTimeToLive = Number(setting, "PROFILE_TTL_DAYS") is { } days ? TimeSpan.FromDays(days) : null,
            IndexSplits = Number(setting, "TABLE_INDEX_SPLITS") ?? defaults.IndexSplits,
            SavesInFlight = Number(setting, "SAVES_IN_FLIGHT") ?? defaults.SavesInFlight,
            RequestRetries = Number(setting, "AWS_REQUEST_RETRIES") ?? defaults.RequestRetries,
            ThrottleTimeout = Number(setting, "TABLE_THROTTLE_SECONDS") is { } limit
                ? TimeSpan.FromSeconds(limit)
                : defaults.ThrottleTimeout,
            EndpointTimeout = Number(setting, "ENDPOINT_TIMEOUT_SECONDS") is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : defaults.EndpointTimeout,
        };
    }

    /// <summary>
    /// The sentences that say what is wrong with these options for the parts that are used; none if all is well.
    /// </summary>
    /// <param name="parts">What the host works with.</param>
    /// <param name="logRetention">How long the log can deliver a record again; null where for ever.</param>
    public IEnumerable<string> Problems(AwsFeatures parts, TimeSpan? logRetention = null)
    {
        if (parts.HasFlag(AwsFeatures.Table) && string.IsNullOrWhiteSpace(TableName))
            yield return "TABLE_NAME is not set; give the DynamoDB table of user profiles (the stack's output "
                + "TableName).";
        if (parts.HasFlag(AwsFeatures.Bucket) && string.IsNullOrWhiteSpace(BucketName))
            yield return "BUCKET_NAME is not set; give the S3 bucket of model artefacts (the stack's output "
                + "BucketName).";
        if (parts.HasFlag(AwsFeatures.Stream) && string.IsNullOrWhiteSpace(StreamName))
            yield return "STREAM_NAME is not set; give the Kinesis stream of events (the stack's output StreamName).";
        if (parts.HasFlag(AwsFeatures.Endpoint) && string.IsNullOrWhiteSpace(EndpointName))
            yield return "ENDPOINT_NAME is not set; give the SageMaker endpoint (the stack's output EndpointName).";
        if (parts.HasFlag(AwsFeatures.StateMachine) && string.IsNullOrWhiteSpace(StateMachineArn))
            yield return "STATE_MACHINE_ARN is not set; give the state machine of batch runs.";
        if (ProfileTimeToLive is { } kept && (kept <= TimeSpan.Zero || kept < logRetention + TimeSpan.FromDays(1)))
            yield return $"PROFILE_TTL_DAYS is {kept.TotalDays:0.#}; give at least the log's retention and a day, or "
                + "leave it out to keep profiles for ever.";
        if (IndexSplits is < 1 or > DynamoDb.ActiveIndexKey.MostSplits)
            yield return $"TABLE_INDEX_SPLITS is {IndexSplits}; give 1–{DynamoDb.ActiveIndexKey.MostSplits}.";
        if (SavesInFlight is < 1 or > 256)
            yield return $"SAVES_IN_FLIGHT is {SavesInFlight}; give 1–256.";
        if (RequestRetries is < 0 or > 10)
            yield return $"AWS_REQUEST_RETRIES is {RequestRetries}; give 0–10.";
        if (ResendAttempts is < 0 or > 20)
            yield return $"ResendAttempts is {ResendAttempts}; give 0–20.";
        if (ThrottleTimeout < TimeSpan.Zero || ThrottleTimeout > TimeSpan.FromHours(1))
            yield return $"TABLE_THROTTLE_SECONDS is {ThrottleTimeout.TotalSeconds:0.#}; give 0–3600.";
        if (ResendDelay < TimeSpan.Zero || ResendDelay > TimeSpan.FromSeconds(5))
            yield return $"ResendDelay is {ResendDelay}; give at most 5 seconds.";
        if (RequestTimeout <= TimeSpan.Zero)
            yield return $"RequestTimeout is {RequestTimeout}; give a positive time.";
        if (EndpointTimeout <= TimeSpan.Zero || EndpointTimeout > TimeSpan.FromSeconds(60))
            yield return $"ENDPOINT_TIMEOUT_SECONDS is {EndpointTimeout.TotalSeconds:0.#}; give 1–60: SageMaker ends "
                + "longer calls.";
    }

    /// <summary>The same options for another table.</summary>
    internal AwsOptions For(string table)
    {
        var copy = (AwsOptions)MemberwiseClone();
        copy.TableName = table;
        return copy;
    }

    private static EndpointFormat FormatOf(string? text) => text switch
    {
        null or "" or "users" => EndpointFormat.Users,
        "single-user" => EndpointFormat.SingleUser,
        _ => throw new FormatException($"ENDPOINT_FORMAT is '{text}'; give 'users' or 'single-user'."),
    };

    private static int? Number(Func<string, string?> setting, string name)
    {
        if (setting(name) is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"{name} is '{text}'; give a whole number.");
    }
}

/// <summary>What a host works with, and so must have a name for.</summary>
[Flags]
public enum AwsFeatures
{
    None = 0,

    /// <summary>Profiles, lists and catalogue in DynamoDB.</summary>
    Table = 1,

    /// <summary>Models, batch runs, archive and quarantine in S3.</summary>
    Bucket = 2,

    /// <summary>The log: Kinesis, read back from the archive.</summary>
    Stream = 4,

    /// <summary>Ranking on a SageMaker endpoint; without it the host registers a ranker of its own.</summary>
    Endpoint = 8,

    /// <summary>Batch runs by Step Functions.</summary>
    StateMachine = 16,
}

/// <summary>What an endpoint understands.</summary>
public enum EndpointFormat
{
    /// <summary>Many users in a call, with their histories: what the project's own container answers.</summary>
    Users,

    /// <summary>The reference system's form: one user in a call, with the count and the last item only.</summary>
    SingleUser,
}
