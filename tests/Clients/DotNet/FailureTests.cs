using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Client;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>What goes wrong between the client and the API, and options that can't be right.</summary>
public sealed class FailureTests
{
    private static readonly Uri s_address = new("http://recommend.example");

    [Fact]
    public async Task A_call_is_repeated_with_the_same_idempotency_key()
    {
        var api = new StubApi(call => call.Number < 2
            ? StubApi.Problem(HttpStatusCode.ServiceUnavailable, "unavailable", retryAfter: 0)
            : StubApi.Json(HttpStatusCode.OK, """{"accepted":1,"duplicates":0,"rejected":0,"results":[]}"""));
        await using var program = new ClientProgram(s_address, api: api);
        await program.Client.Events.SendAsync(new RecommendationEvent { UserId = "ann", ItemId = "tea" });
        Assert.Equal(3, api.Calls.Count);
        Assert.NotNull(api.Calls[0].Key);
        Assert.Single(api.Calls.Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_the_address()
    {
        await using var program = new ClientProgram(s_address, options => options.Retries = 0, new StubApi(_ =>
            throw new HttpRequestException("Connection refused")));
        var problem = await Assert.ThrowsAsync<RecommendationApiException>(() => program.Client.Lists.PopularAsync());
        Assert.Equal("unreachable", problem.Code);
        Assert.Null(problem.Status);
        Assert.Contains("http://recommend.example/ does not answer", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_a_timeout_and_a_cancelled_call_is_not()
    {
        using var api = new SilentApi();
        await using var program = new ClientProgram(
            s_address,
            options => (options.Timeout, options.AttemptTimeout, options.Retries) =
                (TimeSpan.FromMilliseconds(1_100), TimeSpan.FromMilliseconds(1_000), 0),
            api);
        var problem = await Assert.ThrowsAsync<RecommendationApiException>(() => program.Client.Lists.PopularAsync());
        Assert.Equal("timeout", problem.Code);
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            program.Client.Lists.PopularAsync(cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task A_page_of_something_else_is_not_the_API()
    {
        await using var program = new ClientProgram(s_address, api: new StubApi(_ =>
            StubApi.Json(HttpStatusCode.OK, "<html></html>")));
        var problem = await Assert.ThrowsAsync<RecommendationApiException>(() => program.Client.Lists.PopularAsync());
        Assert.Equal("not-the-api", problem.Code);
        Assert.Contains("BaseAddress", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_options_are_named_at_once_at_the_start()
    {
        await using var services = new ServiceCollection()
            .AddRecommendationClient(options =>
            {
                options.BaseAddress = new Uri("ftp://recommend.example");
                options.ApiKey = "two words";
                options.Retries = 99;
                options.AttemptTimeout = TimeSpan.FromMinutes(5);
                options.Events.BatchSize = 501;
                options.Events.MaximumDelay = TimeSpan.Zero;
                options.Events.SpillFolder = " ";
            })
            .BuildServiceProvider();
        var problem = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate());
        foreach (var name in (string[])
            ["BaseAddress", "ApiKey", "Retries", "AttemptTimeout", "BatchSize", "MaximumDelay", "SpillFolder"])
            Assert.Contains(name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_come_from_a_section_of_the_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Recommendation:BaseAddress"] = "https://recommend.example/prod",
                ["Recommendation:ApiKey"] = "secret",
                ["Recommendation:Events:SpillFolder"] = "waiting",
                ["Recommendation:Events:MaximumDelay"] = "00:00:02",
            })
            .Build();
        await using var services = new ServiceCollection()
            .AddRecommendationClient(configuration.GetSection("Recommendation"))
            .BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<RecommendationClientOptions>>().Value;
        Assert.Equal("https://recommend.example/prod", options.BaseAddress!.ToString());
        Assert.Equal(("secret", "waiting"), (options.ApiKey, options.Events.SpillFolder));
        Assert.Equal(TimeSpan.FromSeconds(2), options.Events.MaximumDelay);
    }

    private sealed class SilentApi : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It waits for ever.");
        }
    }
}
