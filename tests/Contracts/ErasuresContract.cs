using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;

namespace Recommendation.Contracts;

/// <summary>What every store of erasures does.</summary>
public abstract class ErasuresContract : Contract<IErasures>
{
    [Fact]
    public async Task A_request_is_open_until_it_is_finished()
    {
        var first = await Port.BeginAsync(Some.User("u1"), Some.Noon, None);
        var second = await Port.BeginAsync(Some.User("u2"), Some.Noon.AddSeconds(1), None);
        Assert.Equal(
            [first.Id, second.Id],
            (await ListAsync(Port.ListAsync(includeFinished: false, null, None))).Select(erasure => erasure.Id)
        );
        Assert.NotNull(await Port.SaveAsync(first with { FinishedAt = Some.Noon, Receipt = "{}" }, None));
        Assert.Equal(
            [second.Id],
            (await ListAsync(Port.ListAsync(includeFinished: false, null, None))).Select(erasure => erasure.Id)
        );
        Assert.Equal(
            [second.Id, first.Id],
            (await ListAsync(Port.ListAsync(includeFinished: true, null, None))).Select(erasure => erasure.Id)
        );
    }

    [Fact]
    public async Task Erasures_are_listed_from_a_time_on()
    {
        var first = await Port.BeginAsync(Some.User("u1"), Some.Noon, None);
        var second = await Port.BeginAsync(Some.User("u2"), Some.Noon.AddSeconds(1), None);
        var third = await Port.BeginAsync(Some.User("u3"), Some.Noon.AddSeconds(2), None);
        Assert.NotNull(await Port.SaveAsync(second with { FinishedAt = Some.Noon, Receipt = "{}" }, None));
        Assert.Equal([third.Id, second.Id], await IdsAsync(includeFinished: true, Some.Noon.AddSeconds(1)));
        Assert.Equal([third.Id], await IdsAsync(includeFinished: false, Some.Noon.AddSeconds(1)));
        Assert.Equal([third.Id, second.Id, first.Id], await IdsAsync(includeFinished: true, Some.Noon));
        Assert.Empty(await IdsAsync(includeFinished: true, Some.Noon.AddHours(1)));
    }

    [Fact]
    public async Task What_is_saved_comes_back_whole()
    {
        var begun = await Port.BeginAsync(Some.User("ü \"1\""), Some.Noon, None);
        var changed = begun
            .After("log", pass: 1, removed: 7, next: "local:5:0")
            .After("list", pass: 1, removed: 0, next: null) with
        {
            Problem = "Slow down.",
        };
        var saved = await Port.SaveAsync(changed, None);
        var found = await Port.FindAsync(begun.Id, None);
        Assert.Equal(begun.Version + 1, saved!.Version);
        Assert.Equal(
            (saved.Version, changed.User, changed.RequestedAt, changed.Problem, true),
            (found!.Version, found.User, found.RequestedAt, found.Problem, found.Found)
        );
        Assert.Equal(begun.Boundary.Marks, found.Boundary.Marks);
        Assert.Equal(
            (begun.Boundary.ArrivedAt, begun.Boundary.Partition),
            (found.Boundary.ArrivedAt, found.Boundary.Partition)
        );
        Assert.Equal(changed.Places.OrderBy(place => place.Key), found.Places.OrderBy(place => place.Key));
    }

    [Fact]
    public async Task Of_two_that_save_the_same_version_one_is_refused()
    {
        var begun = await Port.BeginAsync(Some.User("u1"), Some.Noon, None);
        Assert.NotNull(await Port.SaveAsync(begun with { Problem = "one" }, None));
        Assert.Null(await Port.SaveAsync(begun with { Problem = "other" }, None));
        Assert.Equal("one", (await Port.FindAsync(begun.Id, None))!.Problem);
        Assert.Null(await Port.FindAsync(ErasureId.Parse("unknown"), None));
    }

    private async Task<IEnumerable<ErasureId>> IdsAsync(bool includeFinished, DateTimeOffset since) =>
        (await ListAsync(Port.ListAsync(includeFinished, since, None))).Select(erasure => erasure.Id);
}
