using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Emulators;

namespace Recommendation.Cli.Tests;

/// <summary>The kinds of credentials that people have, each from a stub of the service that gives them.</summary>
public sealed class CredentialTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/recommendation";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_profile_that_assumes_a_role_signs_with_the_credentials_of_the_role()
    {
        var config = _folder.Write("config", $"""
            [profile base]
            aws_access_key_id = AKIDBASE
            aws_secret_access_key = secret
            [profile shop]
            role_arn = {Role}
            source_profile = base
            region = eu-west-1
            """);

        await SignsWithAsync("ASIASTS", new() { ["AWS_CONFIG_FILE"] = config, ["AWS_PROFILE"] = "shop" });
    }

    [Fact]
    public async Task A_web_identity_signs_with_the_credentials_of_its_role() => await SignsWithAsync("ASIASTS", new()
    {
        ["AWS_CONFIG_FILE"] = _folder.Write("config", ""),
        ["AWS_WEB_IDENTITY_TOKEN_FILE"] = _folder.Write("token", "a token"),
        ["AWS_ROLE_ARN"] = Role,
    });

    [Fact]
    public async Task A_profile_of_IAM_Identity_Center_signs_with_the_credentials_of_its_session()
    {
        const string start = "https://example.awsapps.com/start";
        var config = _folder.Write("config", $"""
            [profile shop]
            sso_account_id = 123456789012
            sso_role_name = Operator
            sso_region = eu-west-1
            sso_start_url = {start}
            region = eu-west-1
            """);
        var cache = Directory.CreateDirectory(_folder.PathOf(".aws/sso/cache")).FullName;
        // CA5350: the cache's file names are SHA-1 by definition.
#pragma warning disable CA5350
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(start)));
#pragma warning restore CA5350
        var expires = TimeProvider
            .System.GetUtcNow()
            .AddHours(1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(
            Path.Combine(cache, name + ".json"),
            $$"""{"startUrl":"{{start}}","region":"eu-west-1","accessToken":"token","expiresAt":"{{expires}}"}""");

        await SignsWithAsync(
            "ASIASSO",
            new()
            {
                ["AWS_CONFIG_FILE"] = config,
                ["AWS_PROFILE"] = "shop",
                ["HOME"] = _folder.PathOf(""),
            }
        );
    }

    private async Task SignsWithAsync(string key, Dictionary<string, string> environment)
    {
        await using var stub = await FaultProxy.StartAsync(Answer);
        foreach (var service in new[] { "STS", "SSO", "DYNAMODB", "S3", "KINESIS" })
            environment["AWS_ENDPOINT_URL_" + service] = stub.Url.ToString();
        environment["AWS_SHARED_CREDENTIALS_FILE"] = _folder.Write("credentials", "");
        environment["AWS_REGION"] = "eu-west-1";
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        (environment["TABLE_NAME"], environment["BUCKET_NAME"], environment["STREAM_NAME"]) = (
            "table",
            "bucket",
            "stream"
        );

        var result = await CommandLineProgram.RunAsync(
            "recommend",
            environment,
            ["export", "profiles", "--platform", "aws"]
        );

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        var scan = Assert.Single(stub.Requests, request => request.Is("Scan"));
        Assert.Contains($"Credential={key}/", scan.Header("Authorization"), StringComparison.Ordinal);
    }

    private static StubAnswer Answer(StubRequest request)
    {
        if (request.Is("Scan"))
            return StubAnswer.Of(200, """{"Count":0,"Items":[],"ScannedCount":0}""", "application/x-amz-json-1.0");
        if (request.Target.StartsWith("/federation/credentials", StringComparison.Ordinal))
            return StubAnswer.Of(
                200,
                """{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":4102444800000}}"""
            );
        var action = request.Text.Contains("AssumeRoleWithWebIdentity", StringComparison.Ordinal)
            ? "AssumeRoleWithWebIdentity"
            : "AssumeRole";
        return StubAnswer.Of(
            200,
            $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <Credentials><AccessKeyId>ASIASTS</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>
            <AssumedRoleUser><Arn>{Role}/session</Arn><AssumedRoleId>ID:session</AssumedRoleId></AssumedRoleUser>
            </{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>
            """, "text/xml");
    }
}
