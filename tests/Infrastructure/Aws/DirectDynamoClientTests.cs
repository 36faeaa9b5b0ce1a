using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Contracts;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>The shorter way beside the SDK's: what it sends, and when it steps back.</summary>
public sealed class DirectDynamoClientTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_after_the_first_go_without_the_SDK_and_carry_the_signature_that_the_recomputation_gives(
        bool withSession
    )
    {
        await using var stub = await FaultProxy.StartAsync(_ => Answer("{}"));
        using var table = new Table(
            stub,
            withSession
                ? new SessionAWSCredentials("AKIDEXAMPLE", Secret, "token+with/signs==")
                : new BasicAWSCredentials("AKIDEXAMPLE", Secret)
        );

        for (var i = 0; i < 3; i++)
            Assert.Equal([SaveOutcome.Saved], await table.Profiles.SaveAsync([Some.Profile("ü")], null, None));
        Assert.Equal([false, true, true], stub.Requests.Select(IsDirect));
        Assert.All(stub.Requests, request => AssertSigned(request, withSession));
        Assert.Single(stub.Requests.Select(request => request.Text).Distinct());
        Assert.All(stub.Requests, request => Assert.Equal("DynamoDB_20120810.PutItem", request.Header("X-Amz-Target")));
        Assert.All(
            stub.Requests,
            request => Assert.Equal("application/x-amz-json-1.0", request.Header("Content-Type"))
        );
    }

    [Fact]
    public async Task Credentials_that_are_renewed_sign_the_next_request()
    {
        await using var stub = await FaultProxy.StartAsync(_ => Answer("{}"));
        var credentials = new RenewedCredentials();
        using var table = new Table(stub, credentials);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);
        credentials.Renew("AKIDRENEWED", "another-secret");
        await table.Profiles.SaveAsync([Some.Profile()], null, None);

        var request = stub.Requests[1];
        Assert.True(IsDirect(request));
        Assert.Contains("Credential=AKIDRENEWED/", request.Header("Authorization"), StringComparison.Ordinal);
        var (expected, actual) = SignatureV4.Of(request, "another-secret", "us-east-1", "dynamodb");
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_condition_that_fails_is_an_answer_and_not_asked_again()
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            IsDirect(request) ? StubAnswer.Error(400, "ConditionalCheckFailedException") : Answer("{}"));
        using var table = new Table(stub);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);
        Assert.Equal([SaveOutcome.Conflict], await table.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_first_attempt_without_the_SDK_is_one_of_those_that_are_allowed(int retries)
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            request.Is("PutItem") ? StubAnswer.Error(500, "InternalServerError", "slow down") : Answer("{}"));
        using var table = new Table(stub, configure: options => options.RequestRetries = retries);
        await table.Profiles.LoadAsync([Some.User()], None);

        var outcome = Assert.Single(await table.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal(SaveStatus.Failed, outcome.Status);
        Assert.Contains("InternalServerError: slow down", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(1 + retries, stub.CountOf("PutItem"));
        Assert.True(IsDirect(stub.Requests[1]));
        Assert.All(stub.Requests.Skip(2), request => Assert.False(IsDirect(request)));
    }

    [Fact]
    public async Task An_answer_with_a_wrong_checksum_is_none()
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            IsDirect(request)
                ? StubAnswer.Of(200, "{}", "application/x-amz-json-1.0", ("x-amz-crc32", "1"))
                : Answer("{}")
        );
        using var table = new Table(stub);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);
        Assert.Equal([SaveOutcome.Saved], await table.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal([false, true, false], stub.Requests.Select(IsDirect));
    }

    [Fact]
    public async Task An_answer_with_its_own_checksum_is_taken()
    {
        // CRC-32 of "{}", as DynamoDB's documentation of x-amz-crc32 has it.
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(200, "{}", "application/x-amz-json-1.0", ("x-amz-crc32", "2745614147"))
        );
        using var table = new Table(stub);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);
        Assert.Equal([SaveOutcome.Saved], await table.Profiles.SaveAsync([Some.Profile()], null, None));
        Assert.Equal([false, true], stub.Requests.Select(IsDirect));
    }

    [Fact]
    public async Task A_clock_that_the_SDK_has_corrected_is_corrected_here_too()
    {
        // Each answer says the server's time, as every server's do.
        var date = (
            "Date",
            DateTimeOffset
                .Parse("2031-05-06T07:08:09Z", CultureInfo.InvariantCulture)
                .ToString("R", CultureInfo.InvariantCulture)
        );
        var asked = 0;
        await using var stub = await FaultProxy.StartAsync(_ =>
            asked++ == 0
                ? StubAnswer.Of(
                    400,
                    """{"__type":"com.amazon.coral.service#InvalidSignatureException","message":"Signature expired"}""",
                    "application/x-amz-json-1.0",
                    ("x-amzn-ErrorType", "InvalidSignatureException"),
                    date
                )
                : StubAnswer.Of(200, "{}", "application/x-amz-json-1.0", date)
        );
        using var table = new Table(stub);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);
        await table.Profiles.SaveAsync([Some.Profile()], null, None);

        var request = stub.Requests[^1];
        Assert.True(IsDirect(request));
        Assert.StartsWith("20310506T", request.Header("X-Amz-Date"), StringComparison.Ordinal);
        AssertSigned(request, withSession: false);
    }

    /// <summary>The SDK numbers its calls; nobody else does.</summary>
    private static bool IsDirect(StubRequest request) => request.Header("amz-sdk-invocation-id") is null;

    private static StubAnswer Answer(string body) =>
        StubAnswer.Of((int)HttpStatusCode.OK, body, "application/x-amz-json-1.0");

    private static void AssertSigned(StubRequest request, bool withSession)
    {
        var authorization = request.Header("Authorization")!;
        Assert.Equal(
            "AWS4-HMAC-SHA256 "
                + $"Credential=AKIDEXAMPLE/{request.Header("X-Amz-Date")![..8]}/us-east-1/dynamodb/aws4_request",
            authorization.Split(',')[0]
        );
        var signed = SignatureV4.Part(authorization, "SignedHeaders=").Split(';');
        Assert.Equal(withSession, signed.Contains("x-amz-security-token", StringComparer.Ordinal));
        foreach (var name in new[] { "host", "x-amz-date", "x-amz-target", "content-type" })
            Assert.Contains(name, signed);
        var (expected, actual) = SignatureV4.Of(request, Secret, "us-east-1", "dynamodb");
        Assert.Equal(expected, actual);
    }

    /// <summary>A store on a server that is nothing but the stub.</summary>
    private sealed class Table : IDisposable
    {
        private readonly DirectDynamoClient _client;

        internal Table(FaultProxy stub, AWSCredentials? credentials = null, Action<AwsOptions>? configure = null)
        {
            var options = new AwsOptions
            {
                TableName = "profiles",
                RequestRetries = 2,
                ResendDelay = TimeSpan.FromMilliseconds(1),
            };
            configure?.Invoke(options);
            _client = new DirectDynamoClient(
                credentials ?? AwsFixture.Credentials,
                AwsFixture.At(AwsClients.DynamoDb(options), stub.Url)
            );
            var backoff = new Backoff(TimeProvider.System, new Random(1), options.ResendDelay);
            Profiles = new DynamoProfileStore(
                new DynamoTable(_client, options, backoff),
                options,
                ProfilePolicy.Default,
                new FakeTimeProvider(Some.Noon)
            );
        }

        internal DynamoProfileStore Profiles { get; }

        public void Dispose() => _client.Dispose();
    }

    private sealed class RenewedCredentials : AWSCredentials
    {
        private ImmutableCredentials _current = new("AKIDEXAMPLE", Secret, null);

        internal void Renew(string access, string secret) => _current = new ImmutableCredentials(access, secret, null);

        public override ImmutableCredentials GetCredentials() => _current;
    }
}
