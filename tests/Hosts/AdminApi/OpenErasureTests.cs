using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

/// <summary>Operators see that an erasure has not ended.</summary>
public sealed class OpenErasureTests
{
    [Fact]
    public async Task The_overview_says_how_many_erasures_are_open_and_for_how_long()
    {
        var time = new ManualTime(Shop.Noon);
        await using var api = await RunningApi.StartAsync(options => options.Time = time);
        await OverviewAsync(api, open: 0, oldestSeconds: null);
        var erasures = api.Services.GetRequiredService<IErasures>();
        // As a process leaves it that died right after it had stored the request.
        await erasures.BeginAsync(UserId.Parse("ann"), Shop.Noon.AddHours(-2), CancellationToken.None);
        await erasures.BeginAsync(UserId.Parse("bob"), Shop.Noon.AddHours(-1), CancellationToken.None);

        await OverviewAsync(api, open: 2, oldestSeconds: 7200);
        await api.SendAsync(new ResumeErasures());

        await OverviewAsync(api, open: 0, oldestSeconds: null);
    }

    private static async Task OverviewAsync(RunningApi api, int open, double? oldestSeconds)
    {
        var erasures = (await api.GetAsync("/v1/overview")).Expect(HttpStatusCode.OK).Json["erasures"]!;
        Assert.Equal(open, erasures["open"]!.GetValue<int>());
        Assert.Equal(oldestSeconds, erasures["oldestSeconds"]?.GetValue<double>());
    }
}
