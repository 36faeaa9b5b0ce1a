using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Aws;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.ModelServer.Tests;

/// <summary>The AWS adapter against the container, with SageMaker's address in front of it.</summary>
public sealed class EndpointTests(ServedFixture served) : IClassFixture<ServedFixture>
{
    [Theory]
    [InlineData("users")]
    [InlineData("single-user")]
    public async Task The_endpoint_ranker_gives_the_lists_of_the_model_in_the_process(string format)
    {
        await using var front = await FrontAsync(served.Server);
        // The SDK reads these of the process; nothing else in it calls AWS.
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-west-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", front.Urls.Single());
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(EventTypeSettings.Default)
            .AddAws(
                AwsFeatures.Endpoint,
                name =>
                    name switch
                    {
                        "ENDPOINT_NAME" => "recommendation-test-endpoint",
                        "ENDPOINT_FORMAT" => format,
                        _ => null,
                    }
            )
            .BuildServiceProvider();
        var recent = format is "users" ? 6 : 1;
        var users = Enumerable
            .Range(0, format is "users" ? 450 : 20)
            .Select(user => new RankUser(
                UserId.Parse($"u{user}"),
                [
                    .. Enumerable
                        .Range(0, user % 10 == 9 ? 0 : recent)
                        .Select(i => new RecentInteraction(
                            new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero).AddHours(-i),
                            0,
                            ItemId.Parse($"{(user % 2 == 0 ? 'a' : 'b')}{(user + i) % 14}"),
                            InteractionType.View
                        )),
                ],
                10,
                user % 3 == 0 ? [ItemId.Parse("a3")] : []
            ))
            .ToList();
        var request = new RankUsers(users, null, new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));

        var answer = await services.GetRequiredService<IRanker>().RankAsync(request, CancellationToken.None);

        var expected = await served.Model.RankAsync(request, CancellationToken.None);
        Assert.Equal(
            expected.Rankings.Select(ranking => (ranking.UserId, ranking.Items)),
            answer.Rankings.Select(ranking => (ranking.UserId, ranking.Items)));
        if (format is "users")
        {
            Assert.Equal(served.Model.Version, answer.Model);
            Assert.Equal(
                expected.Rankings.Select(ranking => ranking.Kind),
                answer.Rankings.Select(ranking => ranking.Kind)
            );
        }
    }

    /// <summary>
    /// SageMaker's runtime, as far as it passes on: <c>/endpoints/{name}/invocations</c> to the container's
    /// <c>/invocations</c>.
    /// </summary>
    private static async Task<WebApplication> FrontAsync(ContainerProcess container)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var front = builder.Build();
        front.MapPost("/endpoints/{name}/invocations", async context =>
        {
            using var content = new StreamContent(context.Request.Body);
            content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            using var answer = await container.Http.PostAsync("invocations", content, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await front.StartAsync();
        return front;
    }
}
