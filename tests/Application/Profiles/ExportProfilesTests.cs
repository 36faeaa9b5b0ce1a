using System.Text.Json;
using Recommendation.Application.Erasures;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>What leaves the system: every profile, under the reference's names.</summary>
public sealed class ExportProfilesTests : InWorld
{
    [Fact]
    public async Task Every_profile_is_exported_and_no_tombstone()
    {
        await World.SendAsync(new UpdateProfiles(Some.Interactions(6, Some.Ann, Some.Bob, Some.User(3)), []));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new ForgetUser(Some.Ann));

        var exported = await (await World.SendAsync(new ExportProfiles())).Profiles.ToListAsync();

        Assert.Equal([Some.Bob, Some.User(3)], exported.Select(profile => profile.UserId).Order());
    }

    [Fact]
    public async Task A_profile_is_written_with_the_references_names()
    {
        await World.SendAsync(
            new UpdateProfiles(
                [
                    Some.Interaction(1),
                    Some.Interaction(2) with
                    {
                        Type = InteractionType.Purchase,
                    },
                    Some.Interaction(3) with
                    {
                        Type = InteractionType.Parse("share"),
                    },
                ],
                []
            )
        );

        var json = JsonSerializer.Serialize(
            ProfileDocument.From((await World.ProfileAsync(Some.Ann))!),
            ProfileJson.Default.ProfileDocument
        );

        Assert.Equal(
            """
            {"userId":"ann","interactionCount":3,"firstInteraction":"2026-03-01T12:00:01.000Z","lastInteraction":"2026-03-01T12:00:03.000Z",
            "lastItemId":"i3","counts":{"other":1,"purchase":1,"view":1},"recent":[
            {"itemId":"i3","type":"share","at":"2026-03-01T12:00:03.000Z"},
            {"itemId":"i2","type":"purchase","at":"2026-03-01T12:00:02.000Z"},
            {"itemId":"i1","type":"view","at":"2026-03-01T12:00:01.000Z"}],"historyIsComplete":true}
            """.ReplaceLineEndings(""), json);
    }

    [Fact]
    public async Task Who_was_never_seen_and_who_was_erased_has_no_profile()
    {
        Assert.Null(await World.SendAsync(new GetProfile(Some.Ann)));
        await World.SendAsync(new ForgetUser(Some.Ann));
        Assert.Null(await World.SendAsync(new GetProfile(Some.Ann)));
    }
}
