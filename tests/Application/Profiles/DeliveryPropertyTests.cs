using FsCheck.Fluent;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// Whatever fails and in whatever order: redelivered from the lowest failed position, the log ends in the profiles of a
/// clean pass.
/// </summary>
public sealed class DeliveryPropertyTests
{
    private enum Trouble
    {
        None,
        LoadFails,
        SaveFails,
        AnswerIsLost,
        OneUserFails,
        OneUserConflicts,
        QuarantineFails,
        Deadline,
        HistoryLoadFails,
        HistoryPutFails,
        HistoryAnswerIsLost,
        HistoryOfOneUserFails,
        DeletionFails,
    }

    [Fact]
    public Task Nothing_is_lost_and_nothing_counts_twice() => Always.HoldsAsync(
        from seed in Gen.Choose(0, int.MaxValue)
        from troubles in Gen.Elements(Enum.GetValues<Trouble>()).ArrayOf(60)
        select (seed, troubles),
        async one => await DeliverAsync(one.troubles, new Random(one.seed)));

    private static async Task DeliverAsync(Trouble[] troubles, Random random)
    {
        await using var world = new World();
        var users = Enumerable.Range(0, 5).Select(Some.User).ToArray();
        Interaction[] all =
        [
            .. Enumerable
                .Range(1, 120)
                .Select(n => Some.Interaction(n, users[random.Next(users.Length)], id: $"e{random.Next(400)}")),
        ];
        var poison = all.Where(_ => random.Next(12) == 0)
            .Select(one => Some.Poison(long.Parse(one.Position.Sequence.Value, null)))
            .ToArray();
        Interaction[] log = [.. all.Where(one => poison.All(bad => bad.Position != one.Position))];

        var next = 1L;
        for (var call = 0; next <= all.Length; call++)
        {
            var through = Math.Min(all.Length, next + random.Next(1, 40));
            using var stop = new CancellationTokenSource();
            Stir(world, call < troubles.Length ? troubles[call] : Trouble.None, users[random.Next(users.Length)], stop);
            var result = await world.SendAsync(
                new UpdateProfiles(
                    [.. log.Where(Within)],
                    [.. poison.Where(bad => Within(bad.Position))],
                    Some.At(through)
                ),
                stop.Token
            );
            next =
                result.Failed.Count == 0
                    ? through + 1
                    : result.Failed.Min(position => long.Parse(position.Sequence.Value, null));
            if (result.Failed.Count == 0)
                Assert.Equal(Some.At(through), await world.CheckpointAsync());
            if (random.Next(4) == 0)
                next = Math.Max(1, next - random.Next(30));

            bool Within(object one) =>
                one switch
                {
                    Interaction interaction => Within(interaction.Position),
                    Position position => position.CompareWithin(Some.At(next)) >= 0
                        && position.CompareWithin(Some.At(through)) <= 0,
                    _ => throw new ArgumentOutOfRangeException(nameof(one)),
                };
        }

        world.Histories.Heal();
        await CleanPass.AssertAsync(world, log);
        Assert.Equal(poison.Select(bad => bad.Position), (await world.QuarantinedAsync()).Select(bad => bad.Position));
    }

    private static void Stir(World world, Trouble trouble, UserId victim, CancellationTokenSource stop)
    {
        world.Profiles.Heal();
        world.Histories.Heal();
        world.Quarantine.Adding = trouble == Trouble.QuarantineFails ? Fault.StoreDown : null;
        switch (trouble)
        {
            case Trouble.LoadFails:
                world.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.SaveFails:
                world.Profiles.Saving = profiles =>
                    profiles.Count == 0 ? Task.CompletedTask : Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.AnswerIsLost:
                world.Profiles.Saved = () =>
                    world.Profiles.Saves[^1].Length == 0 ? Task.CompletedTask : Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.OneUserFails:
                world.Profiles.Outcome = profile => profile.UserId == victim ? SaveOutcome.Failed("Slow down.") : null;
                break;
            case Trouble.OneUserConflicts:
                world.Profiles.Outcome = profile => profile.UserId == victim ? SaveOutcome.Conflict : null;
                break;
            case Trouble.Deadline:
                world.Profiles.Loading = _ => stop.CancelAsync();
                break;
            case Trouble.HistoryLoadFails:
                world.Histories.Loading = () => Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.HistoryPutFails:
                world.Histories.Putting = () => Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.HistoryAnswerIsLost:
                world.Histories.Put = () => Fault.Throw(Fault.StoreDown);
                break;
            case Trouble.HistoryOfOneUserFails:
                world.Histories.Outcome = one => one.Name.UserId == victim ? SaveOutcome.Failed("Slow down.") : null;
                break;
            case Trouble.DeletionFails:
                world.Histories.Deleting = () => Fault.Throw(Fault.StoreDown);
                break;
        }
    }
}
