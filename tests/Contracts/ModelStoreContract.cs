using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Contracts;

/// <summary>What every model store does.</summary>
public abstract class ModelStoreContract : Contract<IModelStore>
{
    private IModelDeletion Deletion => (IModelDeletion)Port;

    private static readonly byte[] s_artefact = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];

    [Fact]
    public async Task There_is_nothing_at_first()
    {
        Assert.Empty(await Port.ListAsync(None));
        Assert.Null(await Port.OpenAsync(ModelVersion.Parse("v1"), None));
        Assert.Equal(ModelPointer.None, await Port.CurrentAsync(None));
    }

    [Fact]
    public async Task A_model_comes_back_whole()
    {
        await PutAsync("v1");
        Assert.Equal(s_artefact, await ReadAsync("v1"));
        var stored = Assert.Single(await Port.ListAsync(None));
        var given = Describe("v1");
        Assert.Equal(given.Parameters, stored.Parameters);
        Assert.Equal(given.Metrics, stored.Metrics);
        Assert.Equal(given.Gate!.Reasons, stored.Gate!.Reasons);
        Assert.Equal(given.Gate.Passed, stored.Gate.Passed);
        Assert.Equal(
            given with
            {
                Parameters = stored.Parameters,
                Metrics = stored.Metrics,
                Gate = stored.Gate,
            },
            stored
        );
    }

    [Fact]
    public async Task A_model_that_was_not_gated_comes_back_so()
    {
        var given = Describe("v1") with { Gate = null, TrainedThrough = null, IsCandidate = false, Refit = null };
        await Port.PutAsync(given, new MemoryStream(s_artefact), None);
        var stored = Assert.Single(await Port.ListAsync(None));
        Assert.Equal((null, null, false, null), (stored.Gate, stored.TrainedThrough, stored.IsCandidate, stored.Refit));
    }

    [Fact]
    public async Task A_version_never_changes_once_it_is_put()
    {
        await PutAsync("v1");
        await Port.PutAsync(Describe("v1") with { Users = 99 }, new MemoryStream("other"u8.ToArray()), None);
        Assert.Equal(s_artefact, await ReadAsync("v1"));
        Assert.Equal(3, Assert.Single(await Port.ListAsync(None)).Users);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first()
    {
        await PutAsync("b", Some.Noon);
        await PutAsync("c", Some.Noon.AddDays(-1));
        await PutAsync("a", Some.Noon.AddDays(1));
        Assert.Equal(["a", "b", "c"], (await Port.ListAsync(None)).Select(model => model.Version.Value));
    }

    [Fact]
    public async Task A_deleted_version_is_gone_and_can_be_put_again()
    {
        await PutAsync("v1");
        await PutAsync("v2");

        await Deletion.DeleteAsync(ModelVersion.Parse("v1"), None);
        await Deletion.DeleteAsync(ModelVersion.Parse("never-there"), None);

        Assert.Equal("v2", Assert.Single(await Port.ListAsync(None)).Version.Value);
        Assert.Null(await Port.OpenAsync(ModelVersion.Parse("v1"), None));
        await Assert.ThrowsAsync<RefusedException>(
            () => Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None));
        await PutAsync("v1");
        Assert.Equal(s_artefact, await ReadAsync("v1"));
    }

    [Fact]
    public async Task The_current_version_is_not_deleted()
    {
        await PutAsync("v1");
        await Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None);

        await Deletion.DeleteAsync(ModelVersion.Parse("v1"), None);

        Assert.Equal(s_artefact, await ReadAsync("v1"));
    }

    [Fact]
    public async Task A_put_whose_stream_breaks_leaves_nothing_and_can_be_repeated()
    {
        await Assert.ThrowsAnyAsync<Exception>(() =>
            Port.PutAsync(Describe("v1"), new BreakingStream(s_artefact), None)
        );
        Assert.Empty(await Port.ListAsync(None));
        Assert.Null(await Port.OpenAsync(ModelVersion.Parse("v1"), None));
        await PutAsync("v1");
        Assert.Equal(s_artefact, await ReadAsync("v1"));
    }

    [Fact]
    public async Task Concurrent_puts_of_a_version_leave_one_whole_model()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PutAsync("v1"))));
        Assert.Equal(s_artefact, await ReadAsync("v1"));
        Assert.Single(await Port.ListAsync(None));
    }

    [Fact]
    public async Task The_pointer_moves_if_it_is_still_the_one_expected()
    {
        await PutAsync("v1");
        await PutAsync("v2");
        var first = await Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None);
        Assert.Equal(("v1", null), (first.Version!.Value.Value, first.Previous?.Value));
        Assert.Equal(first, await Port.CurrentAsync(None));

        var second = await Port.PointAsync(ModelVersion.Parse("v2"), first, None);
        Assert.Equal(("v2", "v1"), (second.Version!.Value.Value, second.Previous!.Value.Value));

        var back = await Port.PointAsync(second.Previous!.Value, second, None);
        Assert.Equal("v1", back.Version!.Value.Value);
        await Assert.ThrowsAsync<RefusedException>(() => Port.PointAsync(ModelVersion.Parse("v2"), first, None));
        Assert.Equal(back, await Port.CurrentAsync(None));
    }

    [Fact]
    public async Task Going_back_twice_never_returns_to_a_model_that_was_rolled_back()
    {
        var pointer = ModelPointer.None;
        foreach (var version in new[] { "v1", "v2", "v3" })
        {
            await PutAsync(version);
            pointer = await Port.PointAsync(ModelVersion.Parse(version), pointer, None);
        }

        pointer = await Port.PointAsync(ModelMove.BackTo(pointer.Previous!.Value), await Port.CurrentAsync(None), None);
        Assert.Equal(("v2", "v1"), (pointer.Version!.Value.Value, pointer.Previous!.Value.Value));
        pointer = await Port.PointAsync(ModelMove.BackTo(pointer.Previous!.Value), await Port.CurrentAsync(None), None);
        Assert.Equal(("v1", null), (pointer.Version!.Value.Value, pointer.Previous?.Value));

        pointer = await Port.PointAsync(ModelVersion.Parse("v3"), pointer, None);
        Assert.Equal(("v3", "v1"), (pointer.Version!.Value.Value, pointer.Previous!.Value.Value));

        // Promoting an earlier one and going back from it changes nothing.
        pointer = await Port.PointAsync(ModelVersion.Parse("v1"), pointer, None);
        pointer = await Port.PointAsync(ModelMove.BackTo(pointer.Previous!.Value), pointer, None);
        Assert.Equal(("v3", "v1"), (pointer.Version!.Value.Value, pointer.Previous!.Value.Value));
    }

    [Fact]
    public async Task The_pointer_refuses_a_stale_expectation_and_an_unknown_version()
    {
        await PutAsync("v1");
        await Assert.ThrowsAsync<RefusedException>(() =>
            Port.PointAsync(ModelVersion.Parse("v2"), ModelPointer.None, None)
        );
        await Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None);
        await Assert.ThrowsAsync<RefusedException>(() =>
            Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None)
        );
    }

    [Fact]
    public async Task Of_those_who_expect_the_same_pointer_one_moves_it()
    {
        await PutAsync("v1");
        await PutAsync("v2");
        var current = await Port.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None);
        var moved = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Port.PointAsync(ModelVersion.Parse("v2"), current, None);
            }
            catch (RefusedException)
            {
                return null;
            }
        })));
        Assert.Equal(await Port.CurrentAsync(None), Assert.Single(moved, pointer => pointer is not null));
    }

    private static ModelDescription Describe(string version, DateTimeOffset? at = null) =>
        new(
            ModelVersion.Parse(version),
            at ?? Some.Noon,
            "sparse",
            Users: 3,
            Items: 4,
            Interactions: 5_000_000_000,
            s_artefact.Length,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["half-life"] = 30, ["λ"] = 1e-7 },
            new Dictionary<string, double>(StringComparer.Ordinal) { ["ndcg@10"] = 0.123456789 }
        )
        {
            TrainedThrough = Some.Noon.AddMilliseconds(-1),
            IsCandidate = true,
            Refit = new RefitSource(
                ModelVersion.Parse("measured"),
                new(2026, 2, 27, 0, 0, 0, TimeSpan.Zero),
                new(2026, 2, 28, 0, 0, 0, TimeSpan.Zero)
            ),
            Gate = new GateVerdict(Passed: false, ["One.", "Two."]),
        };

    private Task PutAsync(string version, DateTimeOffset? at = null) =>
        Port.PutAsync(Describe(version, at), new MemoryStream(s_artefact), None);

    private async Task<byte[]> ReadAsync(string version)
    {
        await using var stream = await Port.OpenAsync(ModelVersion.Parse(version), None);
        var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, None);
        return copy.ToArray();
    }
}
