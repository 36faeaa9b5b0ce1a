using Recommendation.Aws.Costs;

namespace Recommendation.Aws.Tests.Costs;

public sealed class CostCalculatorTests
{
    private static readonly CostCalculator s_calculator = new(new MeasuredSizes());

    [Fact]
    public void An_idle_stack_costs_its_shards_capacity_alarms_and_dashboard()
    {
        var idle = s_calculator.Estimate(new Workload("idle", 0));
        Assert.Equal(4 * 720 * 0.015m, idle.Of("stream"));
        Assert.Equal((10 * 720 * 0.00065m) + (10 * 720 * 0.00013m), idle.Of("profiles"));
        Assert.Equal(0, idle.Of("archive") + idle.Of("API"));
        Assert.Equal((CostCalculator.AlarmMetrics * 0.10m) + 3 + (3 * 0.30m), idle.Of("monitoring"));
    }

    [Fact]
    public void A_million_events_a_day_are_counted_by_hand_the_same()
    {
        var estimate = s_calculator.Estimate(new Workload("m", 1_000_000));
        var lines = estimate.Lines.ToLookup(line => (line.Part, line.Price.Name));
        // 30 million events; 11.57 a second on four shards make batches of 3.89 events.
        Assert.Equal(30, lines[("stream", "Kinesis put payload of 25 KB")].Single().Quantity, 6);
        Assert.Equal(30 / 3.8935, lines[("stream", "Lambda request")].Single().Quantity, 3);
        // Each event a write of 3 units, each night 500,000 lists of 4 units, spread over the day, at 70 %; the index
        // at its least.
        var writes = ((1_000_000 * 3d) + (500_000 * 4d)) / 86_400 / 0.7;
        Assert.Equal(720 * (writes + 5), lines[("profiles", "DynamoDB write capacity unit")].Single().Quantity, 3);
        Assert.Equal(
            30e6 * 5 / 1024 / 1024,
            lines[("archive", "Firehose, each record rounded up to 5 KB")].Single().Quantity,
            6
        );
    }

    [Fact]
    public void More_events_never_cost_less_and_in_large_about_in_proportion()
    {
        var totals = new long[] { 0, 1000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000 }
            .Select(events => s_calculator.Estimate(new Workload("w", events)).Dollars)
            .ToList();
        Assert.Equal(totals.Order(), totals);
        Assert.InRange(totals[^1] / totals[^2], 7, 10.5m);
    }

    [Fact]
    public void What_is_protected_and_an_endpoint_come_on_top()
    {
        var plain = new Workload("w", 1_000_000);
        Assert.True(
            s_calculator.Estimate(plain with { IsProtected = true }).Dollars > s_calculator.Estimate(plain).Dollars
        );
        Assert.Equal(2 * 720 * 0.115m, s_calculator.Estimate(plain with { EndpointInstances = 2 }).Of("endpoint"));
    }

    [Fact]
    public void The_parts_of_an_estimate_are_all_of_it_and_every_price_has_a_date()
    {
        var estimate = s_calculator.Estimate(
            new Workload("w", 5_000_000) { IsProtected = true, EndpointInstances = 1 }
        );
        Assert.Equal(estimate.Dollars, CostCalculator.Parts.Sum(estimate.Of));
        var onDemand = s_calculator.Estimate(new Workload("d", 5_000_000) { IsOnDemand = true });
        Assert.Equal(
            PriceList.All.Order(PriceComparer),
            estimate.Lines.Concat(onDemand.Lines).Select(line => line.Price).Distinct().Order(PriceComparer)
        );
        Assert.All(
            PriceList.All,
            price => Assert.InRange(price.Date, new DateOnly(2025, 1, 1), new DateOnly(2100, 1, 1))
        );
    }

    [Fact]
    public void Fewer_events_than_none_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_calculator.Estimate(new Workload("w", -1)));

    private static Comparer<UnitPrice> PriceComparer { get; } =
        Comparer<UnitPrice>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
}
