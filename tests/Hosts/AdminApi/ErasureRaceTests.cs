using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.AdminApi.Tests;

/// <summary>Two servers over one data folder write to a user who is erased at the same time.</summary>
public sealed class ErasureRaceTests
{
    private const int Rounds = 12;

    [Fact]
    public async Task A_user_who_is_written_to_while_erased_has_the_profile_that_the_log_gives()
    {
        using var folder = new TemporaryFolder();
        await using var one = await RunningApi.StartAsync(folder: folder.Path);
        await using var other = await RunningApi.StartAsync(folder: folder.Path);
        var wrong = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var user = $"user-{round}";
            using var stop = new CancellationTokenSource();
            Task[] writing =
            [
                WriteAsync(one, user, stop.Token),
                WriteAsync(other, user, stop.Token),
                WriteAsync(one, user, stop.Token),
            ];
            await Task.Delay(150);
            var erased = await (round % 2 == 0 ? one : other).DeleteAsync($"/v1/users/{user}");
            Assert.True(
                erased.Status is HttpStatusCode.OK or HttpStatusCode.Accepted,
                $"{erased.Status}: {erased.Body}"
            );
            await Task.Delay(50);
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            await one.SendAsync(new CatchUpProfiles("local"));
            await FinishedAsync(one);
            if (await DifferenceAsync(one, UserId.Parse(user)) is { } difference)
                wrong.Add(difference);
        }
        Assert.Empty(wrong);
    }

    /// <summary>
    /// What a request did not finish, since it met the other server, the servers finish by themselves.
    /// </summary>
    private static async Task FinishedAsync(RunningApi api)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if ((await api.GetAsync("/v1/erasures")).Expect(HttpStatusCode.OK).Json["erasures"]!.AsArray().Count == 0)
                return;
            await Task.Delay(50);
        }
        Assert.Fail("An erasure was not finished within ten seconds.");
    }

    private static async Task WriteAsync(RunningApi api, string user, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
            (
                await api.PostAsync(
                    "/v1/interactions",
                    $$"""[{"userId":"{{user}}","itemId":"i{{i % 90}}"},{"userId":"{{user}}","itemId":"j{{i}}"}]"""
                )
            ).Expect(HttpStatusCode.OK);
    }

    /// <summary>
    /// How the stored profile differs from what the log of now makes of the user; null if it does not.
    /// </summary>
    private static async Task<string?> DifferenceAsync(RunningApi api, UserId user)
    {
        var stored = (await api.Services.GetRequiredService<IProfileStore>().LoadAsync([user], CancellationToken.None))[
            user
        ];
        var logged = await api
            .Services.GetRequiredService<IInteractionLog>()
            .ReadAsync(after: null, CancellationToken.None)
            .Where(interaction => interaction.UserId == user)
            .ToListAsync();
        var folded = UserProfile.New(user).Apply(logged, api.Services.GetRequiredService<ProfilePolicy>()).Profile;
        var erasure = Assert.IsType<ErasureBoundary>(stored.Erasure);
        if (logged.Exists(erasure.Covers))
            return $"{user}: the log still holds what was erased.";
        return stored.InteractionCount == folded.InteractionCount && stored.Recent.SequenceEqual(folded.Recent)
            ? null
            : $"{user}: the profile counts {stored.InteractionCount}, and the log holds {folded.InteractionCount}.";
    }
}
