using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.Migration;
using Recommendation.Aws.Platform;
using Recommendation.Aws.StepFunctions;

namespace Recommendation.Aws.Tests;

public sealed class AwsOptionsTests
{
    private const AwsFeatures All =
        AwsFeatures.Table | AwsFeatures.Bucket | AwsFeatures.Stream | AwsFeatures.Endpoint | AwsFeatures.StateMachine;

    private static readonly Dictionary<string, string> s_settings = new(StringComparer.Ordinal)
    {
        ["TABLE_NAME"] = "t",
        ["BUCKET_NAME"] = "b",
        ["STREAM_NAME"] = "s",
        ["ENDPOINT_NAME"] = "e",
        ["STATE_MACHINE_ARN"] = "arn:m",
        ["AWS_REQUEST_RETRIES"] = "3",
        ["PROFILE_TTL_DAYS"] = "400",
        ["ENDPOINT_FORMAT"] = "single-user",
        ["ENDPOINT_TIMEOUT_SECONDS"] = "5",
        ["SAVES_IN_FLIGHT"] = "16",
    };

    [Fact]
    public void The_references_environment_variables_are_read()
    {
        var options = AwsOptions.From(s_settings.GetValueOrDefault);
        Assert.Equal(
            ("t", "b", "s", "e", "arn:m"),
            (options.TableName, options.BucketName, options.StreamName, options.EndpointName, options.StateMachineArn)
        );
        Assert.Equal(
            (3, 16, EndpointFormat.SingleUser),
            (options.RequestRetries, options.SavesInFlight, options.EndpointFormat)
        );
        Assert.Equal(
            (TimeSpan.FromDays(400), TimeSpan.FromSeconds(5)),
            (options.ProfileTimeToLive, options.EndpointTimeout)
        );
        Assert.Empty(options.Problems(All));
    }

    [Theory]
    [InlineData(AwsFeatures.Table, "TABLE_NAME")]
    [InlineData(AwsFeatures.Bucket, "BUCKET_NAME")]
    [InlineData(AwsFeatures.Stream, "STREAM_NAME")]
    [InlineData(AwsFeatures.Endpoint, "ENDPOINT_NAME")]
    [InlineData(AwsFeatures.StateMachine, "STATE_MACHINE_ARN")]
    public void A_name_that_a_part_needs_is_asked_for_and_no_other(AwsFeatures part, string name)
    {
        var problem = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddAws(part, _ => null));
        Assert.StartsWith($"{name} is not set", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_REQUEST_RETRIES", "many", "AWS_REQUEST_RETRIES is 'many'; give a whole number.")]
    [InlineData("AWS_REQUEST_RETRIES", "11", "AWS_REQUEST_RETRIES is 11; give 0–10.")]
    [InlineData("SAVES_IN_FLIGHT", "0", "SAVES_IN_FLIGHT is 0; give 1–256.")]
    [InlineData("ENDPOINT_FORMAT", "xml", "ENDPOINT_FORMAT is 'xml'; give 'users' or 'single-user'.")]
    [InlineData(
        "ENDPOINT_TIMEOUT_SECONDS",
        "61",
        "ENDPOINT_TIMEOUT_SECONDS is 61; give 1–60: SageMaker ends longer calls."
    )]
    public void A_wrong_setting_stops_the_start_with_a_sentence(string name, string value, string expected)
    {
        var settings = new Dictionary<string, string>(s_settings, StringComparer.Ordinal) { [name] = value };
        var problem = Assert.Throws<OptionsValidationException>(() =>
            new ServiceCollection().AddAws(All, settings.GetValueOrDefault)
        );
        Assert.Equal([expected], problem.Failures);
    }

    [Fact]
    public void Profiles_that_would_expire_before_the_log_forgets_are_refused()
    {
        var services = new ServiceCollection();
        services
            .AddRecommendation(options => options.LogRetention = TimeSpan.FromDays(365))
            .UseAws(
                AwsFeatures.Table,
                name =>
                    name switch
                    {
                        "TABLE_NAME" => "t",
                        "PROFILE_TTL_DAYS" => "365",
                        _ => null,
                    }
            );
        using var provider = services.BuildServiceProvider();
        var problem = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<AwsOptions>());
        Assert.StartsWith("PROFILE_TTL_DAYS is 365", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_port_and_every_tool_can_be_resolved()
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseAws(All, s_settings.GetValueOrDefault);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        Type[] wanted =
        [
            typeof(IProfileStore),
            typeof(IRecommendationStore),
            typeof(IItemCatalog),
            typeof(IModelStore),
            typeof(IBatchRuns),
            typeof(IBatchSegments),
            typeof(IQuarantine),
            typeof(IInteractionLog),
            typeof(IRanker),
            typeof(TableMigration),
            typeof(PlatformSetup),
            typeof(BatchExecutions),
            typeof(Kinesis.StreamDrain),
        ];
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        Assert.All(wanted, type => Assert.NotNull(provider.GetRequiredService(type)));
    }
}
