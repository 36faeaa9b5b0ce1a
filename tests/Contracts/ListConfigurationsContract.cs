using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IListConfigurations"/> must do.</summary>
public abstract class ListConfigurationsContract : Contract<IListConfigurations>
{
    private static readonly ListConfiguration s_plain = new("default", ModelVersion.Parse("m1"));
    private static readonly ListConfiguration s_variant = s_plain with
    {
        Experiment = ExperimentName.Parse("home"),
        Variant = ExperimentName.Parse("b"),
    };

    [Fact]
    public async Task A_configuration_keeps_its_number()
    {
        Assert.Empty(await Port.ListAsync(None));
        var number = await Port.NumberAsync(s_plain, None);
        Assert.Equal(number, await Port.NumberAsync(s_plain with { }, None));
        Assert.NotEqual(number, await Port.NumberAsync(s_variant, None));
        Assert.NotEqual(number, await Port.NumberAsync(new ListConfiguration("default", Model: null), None));
        var known = await Port.ListAsync(None);
        Assert.Equal(3, known.Count);
        Assert.Equal(s_plain, known[number]);
        Assert.DoesNotContain(ListConfiguration.UnknownNumber, known.Keys);
    }

    [Fact]
    public async Task Callers_at_once_get_the_same_number()
    {
        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Port.NumberAsync(s_variant, None))));
        Assert.Single(numbers.Distinct());
        Assert.Equal(s_variant, Assert.Single(await Port.ListAsync(None)).Value);
    }
}
