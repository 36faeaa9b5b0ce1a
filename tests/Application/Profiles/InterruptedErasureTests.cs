using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>An erasure that is cut off anywhere goes on, and ends as if it had not been.</summary>
public sealed class InterruptedErasureTests : InWorld
{
    /// <summary>The tombstone, each place but the profile, the end.</summary>
    private static readonly int s_saves = PersonalDataPlaces.ErasedOn(DataPlatform.OneMachine).Count() + 1;

    public static TheoryData<int, bool> EverySave()
    {
        var data = new TheoryData<int, bool>();
        for (var save = 1; save <= s_saves; save++)
        {
            data.Add(save, false);
            data.Add(save, true);
        }
        return data;
    }

    [Fact]
    public async Task Every_step_is_stored()
    {
        await GivenAsync();
        await World.SendAsync(new ForgetUser(Some.Ann));

        Assert.Equal(s_saves, World.Erasures.Saves);
    }

    [Theory]
    [MemberData(nameof(EverySave))]
    public async Task Killed_at_a_step_it_is_finished_by_the_next_catch_up(int step, bool isStored)
    {
        await GivenAsync();
        void Kill(int save)
        {
            if (save == step)
                throw new InvalidOperationException("Killed.");
        }
        World.Erasures.Saving = isStored ? null : Kill;
        World.Erasures.Saved = isStored ? Kill : null;
        await Assert.ThrowsAsync<InvalidOperationException>(() => World.SendAsync(new ForgetUser(Some.Ann)));
        (World.Erasures.Saving, World.Erasures.Saved) = (null, null);
        // The user comes back before it goes on.
        await World.SendAsync(new AppendInteractions([Some.Event(100)]));

        await World.SendAsync(new CatchUpProfiles("local"));

        var finished = Assert.Single((await World.SendAsync(new ListErasures(IncludeFinished: true))).Erasures);
        Assert.True(finished.IsFinished);
        Assert.True(finished.Found);
        Assert.NotNull(finished.Receipt);
        Assert.Equal("e100", Assert.Single(await World.LoggedAsync(), one => one.UserId == Some.Ann).EventId?.Value);
        Assert.Empty(await World.QuarantinedAsync());
        Assert.Null(await World.ListAsync(Some.Ann));
        Assert.DoesNotContain(World.Histories.Kept, history => history.UserId == Some.Ann);
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        var rebuilt = await World.SendAsync(new RebuildProfiles());
        Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Behind));
    }

    [Fact]
    public async Task Where_late_deliveries_are_possible_every_place_is_swept_again_before_the_receipt()
    {
        World.Erasures.SettleTime = TimeSpan.FromMinutes(30);
        await GivenAsync();
        var begun = await World.SendAsync(new ForgetUser(Some.Ann));
        Assert.Equal((false, null), (begun.IsFinished, begun.Problem));
        // A worker that ranked the old profile writes its list, and a function that was slow quarantines
        // a record of before.
        var late = Some.Poison(8, user: Some.Ann) with
        {
            Position = Some.At(8, partition: "shard"),
            ArrivedAt = Some.Noon,
        };
        var later = late with { Position = Some.At(9, partition: "shard"), ArrivedAt = Some.Noon.AddMinutes(10) };
        await World.Lists.SaveAsync([ListOf(1)], CancellationToken.None);
        await World.Quarantine.AddAsync([late, later], CancellationToken.None);
        World.Time.Advance(TimeSpan.FromMinutes(29));
        await World.SendAsync(new ResumeErasures());
        Assert.Single((await World.SendAsync(new ListErasures())).Erasures);

        World.Time.Advance(TimeSpan.FromMinutes(2));
        var swept = Assert.Single((await World.SendAsync(new ResumeErasures())).Erasures);

        Assert.True(swept.IsFinished);
        Assert.Equal(2, swept.QuarantinedRemoved);
        Assert.Equal(later.Position, Assert.Single(await World.QuarantinedAsync()).Position);
        Assert.Null(await World.ListAsync(Some.Ann));
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_does_not_make_the_first_pass_the_sweep()
    {
        World.Erasures.SettleTime = TimeSpan.FromMinutes(30);
        await GivenAsync();
        World.Erasures.Saving = save =>
        {
            if (save == 2)
                World.Time.Advance(TimeSpan.FromDays(2));
        };

        Assert.False((await World.SendAsync(new ForgetUser(Some.Ann))).IsFinished);

        Assert.True(Assert.Single((await World.SendAsync(new ResumeErasures())).Erasures).IsFinished);
    }

    [Fact]
    public async Task Two_that_carry_out_the_same_erasure_at_once_count_what_each_removed()
    {
        await GivenAsync();
        Task second = Task.CompletedTask;
        World.Quarantine.Forgetting = () =>
        {
            World.Quarantine.Forgetting = null;
            // In another process, which does not know of this one.
            second = World.SendElsewhereAsync(new ResumeErasures());
        };

        var forgotten = await World.SendAsync(new ForgetUser(Some.Ann));
        await second;

        Assert.True(forgotten.IsFinished);
        var stored = await World.SendAsync(new FindErasure(forgotten.Id));
        Assert.Equal((40L, 1L), (stored.InteractionsRemoved, stored.QuarantinedRemoved));
        Assert.Equal(stored.Receipt!.Signature, forgotten.Receipt!.Signature);
    }

    private async Task GivenAsync()
    {
        await World.SendAsync(
            new AppendInteractions([.. Enumerable.Range(1, 40).Select(n => Some.Event(n, item: $"i{n}"))])
        );
        await World.SendAsync(new CatchUpProfiles("local"));
        await World.SendAsync(new UpdateProfiles([], [Some.Poison(7, user: Some.Ann)]));
        await World.Lists.SaveAsync([ListOf(1)], CancellationToken.None);
    }

    private static RecommendationList ListOf(long profileVersion) => new()
    {
        UserId = Some.Ann,
        Items = Some.Items("a"),
        Source = ListSource.Batch,
        UpdatedAt = Some.Noon,
        ProfileVersion = profileVersion,
    };
}
