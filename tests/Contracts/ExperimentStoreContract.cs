using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IExperimentStore"/> must do; the adapters erase as well.</summary>
public abstract class ExperimentStoreContract : Contract<IExperimentStore>
{
    [Fact]
    public async Task An_experiment_is_read_back_as_it_was_saved()
    {
        Assert.Empty(await Port.ListAsync(None));
        var saved = await Port.SaveAsync(Given("home") with
        {
            Overrides = new Dictionary<UserId, ExperimentName> { [Some.User()] = Name("b") },
            Guardrails = [new(ExperimentMetric.Revenue, 0.02)],
            Currency = "EUR",
        }, None);
        var read = Assert.Single(await Port.ListAsync(None));
        Assert.Equal(1, read.Version);
        Assert.Equal(saved!.Variants, read.Variants);
        Assert.Equal(saved.Changes, read.Changes);
        Assert.Equal(saved.Guardrails, read.Guardrails);
        Assert.Equal(saved.Overrides, read.Overrides);
        Assert.Equal(
            saved with { Variants = [], Changes = [], Guardrails = [], Overrides = read.Overrides },
            read with { Variants = [], Changes = [], Guardrails = [] });
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_first_counts()
    {
        var first = (await Port.SaveAsync(Given("home"), None))!;
        var stop = new ExperimentChange(ExperimentState.Stopped, Some.Noon, "ann", "enough");
        Assert.Equal(2, (await Port.SaveAsync(first.With(stop), None))!.Version);
        Assert.Null(await Port.SaveAsync(first.With(stop), None));
        Assert.Null(await Port.SaveAsync(Given("home"), None));
    }

    [Fact]
    public async Task Running_experiments_of_a_layer_share_no_users()
    {
        var first = (await Port.SaveAsync(Given("one") with { Slot = new(0, 0.5) }, None))!;
        Assert.Null(await Port.SaveAsync(Given("two") with { Slot = new(0.4, 0.9) }, None));
        Assert.NotNull(await Port.SaveAsync(Given("two") with { Slot = new(0.5, 1) }, None));
        Assert.Null(await Port.SaveAsync(Given("three") with { Layer = Name("other") }, None));
        Assert.NotNull(await Port.SaveAsync(
            first.With(new ExperimentChange(ExperimentState.Stopped, Some.Noon, "ann", "enough")), None));
        Assert.NotNull(await Port.SaveAsync(Given("three") with { Slot = new(0, 0.5) }, None));
    }

    [Fact]
    public async Task An_erased_user_is_in_no_experiment()
    {
        await Port.SaveAsync(Given("home") with
        {
            Overrides = new Dictionary<UserId, ExperimentName>
            {
                [Some.User()] = Name("b"),
                [Some.User("u2")] = Name("b"),
            },
        }, None);
        var work = new ErasureWork(Some.User(), new ErasureBoundary { ArrivedAt = Some.Noon });
        Assert.Equal(1, (await ((IErasable)Port).EraseAsync(work, None)).Removed);
        Assert.Equal(0, (await ((IErasable)Port).EraseAsync(work, None)).Removed);
        Assert.Equal(Some.User("u2"), Assert.Single(Assert.Single(await Port.ListAsync(None)).Overrides).Key);
    }

    private static ExperimentName Name(string name) => ExperimentName.Parse(name);

    private static Experiment Given(string name) => new()
    {
        Name = Name(name),
        Layer = Name("default"),
        Salt = "salt of " + name,
        Scenario = "default",
        Variants = [new(Name("control"), 0.5), new(Name("b"), 0.5, ModelVersion.Parse("m2"))],
        Slot = LayerSlot.All,
        Metric = ExperimentMetric.Ctr,
        Changes = [new(ExperimentState.Running, Some.Noon, "ann", "to see")],
    };
}
