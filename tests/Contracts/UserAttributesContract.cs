using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that keeps attributes of users.</summary>
public abstract class UserAttributesContract : Contract<IUserAttributes>
{
    [Fact]
    public async Task Attributes_come_back_and_are_changed_and_removed()
    {
        var (ann, bob) = (Some.User("ann"), Some.User("bob"));
        Assert.Empty(await Port.FindAsync(ann, None));
        await SetAsync(ann, ("country", AttributeValue.Of("GB")), ("score", AttributeValue.Of(0.5)));
        await SetAsync(bob, ("country", AttributeValue.Of("DE")));
        var changed = await SetAsync(ann, ("country", null), ("since", AttributeValue.Of(Some.Noon)));
        Assert.Equal(["score", "since"], changed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(AttributeValue.Of(Some.Noon), (await Port.FindAsync(ann, None))["since"]);

        Assert.Empty(await SetAsync(ann, ("score", null), ("since", null)));
        Assert.Empty(await Port.FindAsync(ann, None));
        Assert.Equal(AttributeValue.Of("DE"), Assert.Single(await Port.FindAsync(bob, None)).Value);
    }

    [Fact]
    public async Task What_a_change_throws_is_thrown_and_nothing_is_stored()
    {
        var ann = Some.User("ann");
        await SetAsync(ann, ("country", AttributeValue.Of("GB")));
        await Assert.ThrowsAsync<RefusedException>(() =>
            Port.ChangeAsync(ann, _ => throw new RefusedException("No."), None));
        Assert.Single(await Port.FindAsync(ann, None));
    }

    [Fact]
    public async Task Changes_of_many_writers_lose_nothing()
    {
        var ann = Some.User("ann");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 4; n++)
                await SetAsync(ann, ($"a{writer}_{n}", AttributeValue.Of(n)));
        })));
        Assert.Equal(32, (await Port.FindAsync(ann, None)).Count);
    }

    [Fact]
    public async Task An_erasure_removes_them_and_its_sweep_leaves_what_came_after()
    {
        var (ann, bob) = (Some.User("ann"), Some.User("bob"));
        await SetAsync(ann, ("country", AttributeValue.Of("GB")));
        await SetAsync(bob, ("country", AttributeValue.Of("DE")));
        var place = (IErasable)Port;
        Assert.Equal(1, await place.EraseAllAsync(ann));
        Assert.Equal(0, await place.EraseAllAsync(ann));
        Assert.Empty(await Port.FindAsync(ann, None));
        Assert.Single(await Port.FindAsync(bob, None));

        await SetAsync(ann, ("country", AttributeValue.Of("FR")));
        var sweep = new ErasureWork(ann, Forgetting.Before(Some.Noon), IsSweep: true);
        Assert.Equal(new ErasedPart(0), await place.EraseAsync(sweep, None));
        Assert.Single(await Port.FindAsync(ann, None));
    }

    private Task<IReadOnlyDictionary<string, AttributeValue>> SetAsync(
        UserId user, params (string Name, AttributeValue? Value)[] values) =>
        Port.ChangeAsync(
            user,
            known => UserAttributeRules.Apply(
                known, values.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)),
            None);
}
