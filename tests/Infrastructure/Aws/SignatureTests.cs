using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SageMakerRuntime;
using Amazon.SageMakerRuntime.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class SignatureTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>
    /// AWS's own test suite, https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html.
    /// </summary>
    [Theory]
    [InlineData("GET", "/", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData(
        "GET",
        "/?Param2=value2&Param1=value1",
        "",
        "",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    )]
    [InlineData(
        "POST",
        "/",
        "application/x-www-form-urlencoded",
        "Param1=value1",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
    )]
    public void The_recomputation_gives_the_signatures_of_AWSs_test_suite(
        string method,
        string target,
        string contentType,
        string body,
        string expected
    )
    {
        List<(string, string)> headers = [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")];
        if (contentType.Length > 0)
            headers.Add(("Content-Type", contentType));
        var signer = new SignatureV4(Secret, "us-east-1", "service", "20150830T123600Z");
        Assert.Equal(expected, signer.Of(method, target, headers, Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kinesis_requests_carry_the_signature_that_the_recomputation_gives(bool withSession)
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(200, """{"FailedRecordCount":0,"Records":[{"ShardId":"s","SequenceNumber":"1"}]}""")
        );
        using var client = new AmazonKinesisClient(
            CredentialsOf(withSession),
            AwsFixture.At(new AmazonKinesisConfig(), stub.Url)
        );
        await client.PutRecordsAsync(
            new PutRecordsRequest
            {
                StreamName = "stream",
                Records = [new PutRecordsRequestEntry { Data = "{\"userId\":\"ü\"}"u8.ToArray(), PartitionKey = "ü" }],
            }
        );
        AssertSigned(Assert.Single(stub.Requests), "kinesis", withSession);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SageMaker_requests_carry_the_signature_that_the_recomputation_gives(bool withSession)
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, "[]"));
        using var client = new AmazonSageMakerRuntimeClient(
            CredentialsOf(withSession),
            AwsFixture.At(new AmazonSageMakerRuntimeConfig(), stub.Url)
        );
        var response = await client.InvokeEndpointAsync(
            new InvokeEndpointRequest { EndpointName = "recommendation-dev-endpoint", Body = "{}"u8.ToArray() }
        );
        Assert.Equal("[]", Encoding.UTF8.GetString(response.Body.Span));

        var request = Assert.Single(stub.Requests);
        Assert.Equal("/endpoints/recommendation-dev-endpoint/invocations", request.Target);
        AssertSigned(request, "sagemaker", withSession);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Step_Functions_requests_carry_the_signature_that_the_recomputation_gives(bool withSession)
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(200, """{"executionArn":"arn:e","startDate":1.5E9}""")
        );
        using var client = new AmazonStepFunctionsClient(
            CredentialsOf(withSession),
            AwsFixture.At(new AmazonStepFunctionsConfig(), stub.Url)
        );
        var response = await client.StartExecutionAsync(
            new StartExecutionRequest
            {
                StateMachineArn = "arn:m",
                Name = "n",
                Input = "{}",
            }
        );
        Assert.Equal(
            ("arn:e", new DateTime(2017, 7, 14, 2, 40, 0, DateTimeKind.Utc)),
            (response.ExecutionArn, response.StartDate)
        );

        var request = Assert.Single(stub.Requests);
        Assert.Equal("AWSStepFunctions.StartExecution", request.Header("X-Amz-Target"));
        AssertSigned(request, "states", withSession);
    }

    [Fact]
    public async Task A_repeated_request_is_signed_anew()
    {
        var first = true;
        await using var stub = await FaultProxy.StartAsync(_ =>
        {
            var fails = first;
            first = false;
            return fails ? StubAnswer.Error(500, "InternalFailure") : StubAnswer.Of(200, """{"Shards":[]}""");
        });
        using var client = new AmazonKinesisClient(
            CredentialsOf(false),
            AwsFixture.At(new AmazonKinesisConfig { MaxErrorRetry = 1 }, stub.Url)
        );
        await client.ListShardsAsync(new ListShardsRequest { StreamName = "stream" });
        Assert.Equal(2, stub.Requests.Count);
        Assert.All(stub.Requests, request => AssertSigned(request, "kinesis", withSession: false));
    }

    [Theory]
    [InlineData(
        "us-east-1",
        "https://kinesis.us-east-1.amazonaws.com",
        "https://runtime.sagemaker.us-east-1.amazonaws.com",
        "https://states.us-east-1.amazonaws.com"
    )]
    [InlineData(
        "eu-central-1",
        "https://kinesis.eu-central-1.amazonaws.com",
        "https://runtime.sagemaker.eu-central-1.amazonaws.com",
        "https://states.eu-central-1.amazonaws.com"
    )]
    [InlineData(
        "cn-north-1",
        "https://kinesis.cn-north-1.amazonaws.com.cn",
        "https://runtime.sagemaker.cn-north-1.amazonaws.com.cn",
        "https://states.cn-north-1.amazonaws.com.cn"
    )]
    public void Without_a_URL_the_regional_host_is_called(
        string region,
        string kinesis,
        string sageMaker,
        string stepFunctions
    )
    {
        var endpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        Assert.Equal(kinesis, new AmazonKinesisConfig { RegionEndpoint = endpoint }.Url());
        Assert.Equal(sageMaker, new AmazonSageMakerRuntimeConfig { RegionEndpoint = endpoint }.Url());
        Assert.Equal(stepFunctions, new AmazonStepFunctionsConfig { RegionEndpoint = endpoint }.Url());
    }

    private static AWSCredentials CredentialsOf(bool withSession) =>
        withSession
            ? new SessionAWSCredentials("AKIDEXAMPLE", Secret, "token+with/signs==")
            : new BasicAWSCredentials("AKIDEXAMPLE", Secret);

    private static void AssertSigned(StubRequest request, string service, bool withSession)
    {
        var authorization = request.Header("Authorization")!;
        Assert.Equal(
            "AWS4-HMAC-SHA256 "
                + $"Credential=AKIDEXAMPLE/{request.Header("X-Amz-Date")![..8]}/us-east-1/{service}/aws4_request",
            authorization.Split(',')[0]
        );
        var signed = SignatureV4.Part(authorization, "SignedHeaders=").Split(';');
        Assert.Contains("host", signed);
        Assert.Contains("x-amz-date", signed);
        Assert.Equal(withSession, signed.Contains("x-amz-security-token", StringComparer.Ordinal));
        if (request.Header("X-Amz-Target") is not null)
            Assert.Contains("x-amz-target", signed);
        var (expected, actual) = SignatureV4.Of(request, Secret, "us-east-1", service);
        Assert.Equal(expected, actual);
    }
}
