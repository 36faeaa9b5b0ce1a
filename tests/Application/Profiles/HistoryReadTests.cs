using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// Histories are read while they are replaced, missed where they are lost, and made anew from the log.
/// </summary>
public sealed class HistoryReadTests : InWorld
{
    [Fact]
    public async Task A_history_that_was_lost_is_said_and_filled_by_a_rebuild()
    {
        await World.SendAsync(
            new AppendInteractions([.. Enumerable.Range(1, 40).Select(n => Some.Event(n, item: $"i{n}"))])
        );
        await World.SendAsync(new CatchUpProfiles("local"));
        var key = (await World.ProfileAsync(Some.Ann))!.HistoryKey!.Value;
        await World.Histories.DeleteAsync([new(Some.Ann, key)], CancellationToken.None);
        Assert.False((await World.MemoryAsync(Some.Ann)).IsComplete);

        await DeliverAsync([
            .. Enumerable.Range(1, 10).Select(n => Some.Interaction(n, item: $"o{n}", partition: "other")),
        ]);

        Assert.True((await World.ProfileAsync(Some.Ann))!.MissesHistory);
        // The other partition is in no log, so what it brought is left alone.
        Assert.Equal(1, (await World.SendAsync(new RebuildProfiles())).Behind);
    }

    [Fact]
    public async Task A_reader_that_comes_between_a_save_and_the_deletion_reads_again()
    {
        var log = Some.Interactions(60, Some.Ann);
        await DeliverAsync(log[..30]);
        World.Histories.Loading = async () =>
        {
            World.Histories.Loading = null;
            await DeliverAsync(log[30..]);
        };

        var exported = await World.SendAsync(new ExportUser(Some.Ann));

        Assert.True(exported.Memory!.IsComplete);
        CleanPass.SameMemory(CleanPass.Over(log)[Some.Ann], exported.Memory);
    }

    [Fact]
    public async Task A_reader_of_a_history_that_is_lost_answers_with_the_rest()
    {
        await DeliverAsync(Some.Interactions(30, Some.Ann));
        await World.Histories.SweepAsync(Some.Ann, long.MaxValue, except: null, CancellationToken.None);

        var memory = (await World.SendAsync(new ExportUser(Some.Ann))).Memory!;

        Assert.False(memory.IsComplete);
        Assert.Equal(4, memory.History.Count);
    }

    [Fact]
    public async Task A_rebuild_makes_the_same_memory_and_leaves_one_history_a_user()
    {
        await World.SendAsync(
            new AppendInteractions([
                .. Enumerable
                    .Range(1, 900)
                    .Select(n => Some.Event(n, user: n % 2 == 0 ? "ann" : "bob", item: $"i{n % 250}")),
            ])
        );
        var log = await World.LoggedAsync();
        // A batch was given up.
        await World.SendAsync(new UpdateProfiles([.. log[..100], .. log[200..]], []));

        var result = await World.SendAsync(new RebuildProfiles());

        Assert.Equal(new RebuiltProfiles(2, 2, 0, 0), result);
        await CleanPass.AssertAsync(World, log);
        Assert.Equal(2, World.Histories.Kept.Count);
        Assert.Equal(new RebuiltProfiles(2, 0, 2, 0), await World.SendAsync(new RebuildProfiles()));
    }

    [Fact]
    public async Task A_rebuild_fills_profiles_that_kept_the_newest_alone()
    {
        await World.SendAsync(
            new AppendInteractions([.. Enumerable.Range(1, 40).Select(n => Some.Event(n, item: $"i{n}"))])
        );
        var log = await World.LoggedAsync();
        var older = CleanPass.Over(log)[Some.Ann] with { Pending = PendingInteractions.None, MissesHistory = true };
        await World.Profiles.SaveAsync([older], checkpoint: null, CancellationToken.None);
        Assert.False((await World.MemoryAsync(Some.Ann)).IsComplete);

        Assert.Equal(1, (await World.SendAsync(new RebuildProfiles())).Written);

        await CleanPass.AssertAsync(World, log);
    }

    private Task<UpdatedProfiles> DeliverAsync(Interaction[] batch) => World.SendAsync(new UpdateProfiles(batch, []));
}
