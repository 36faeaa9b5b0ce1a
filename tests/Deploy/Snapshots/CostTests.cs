using System.Globalization;
using System.Text;
using Recommendation.Aws.Costs;
using Recommendation.Deploy.Tests.Given;
using Recommendation.Deploy.Tests.Monitoring;

namespace Recommendation.Deploy.Tests.Snapshots;

[Collection(StackCollection.Name)]
public sealed class CostTests(Stacks stacks)
{
    [Fact]
    public void The_documented_costs_are_what_the_calculator_says()
    {
        var estimates = Workload
            .Documented.Select(workload => new CostCalculator(new MeasuredSizes()).Estimate(workload))
            .ToList();
        var table = new StringBuilder(
            $"| Events | {string.Join(" | ", estimates.Select(estimate => estimate.Workload.Name))} "
                + $"|\n|---|{string.Concat(estimates.Select(_ => "---|"))}\n"
        );
        foreach (var part in CostCalculator.Parts.Where(part => estimates.Any(estimate => estimate.Of(part) > 0)))
            table.Append(
                null,
                $"| {part} | {string.Join(" | ", estimates.Select(estimate => Money(estimate.Of(part))))} |\n"
            );
        table.Append(
            null,
            $"| **all** | {string.Join(" | ", estimates.Select(estimate => $"**{Money(estimate.Dollars)}**"))} |\n\n"
        );
        table.Append(
            null,
            $"Prices of {PriceList.Region}, taken on {PriceList.All.Min(price => price.Date):yyyy-MM-dd}, without "
                + $"free tiers and discounts.\n"
        );
        Committed.CheckSection("docs/deploy.md", "cost", table.ToString());
    }

    [Fact]
    public void The_calculator_counts_the_metrics_that_the_alarms_watch() =>
        Assert.Equal(
            CostCalculator.AlarmMetrics,
            stacks.Dev.All("AWS::CloudWatch::Alarm").Sum(alarm => MetricReading.Of(alarm).Count())
        );

    [Fact]
    public void The_calculator_counts_with_the_functions_memory_shards_and_capacity_of_the_stack()
    {
        Assert.Equal(
            ("1024", "512", "3538", "1769"),
            (
                stacks.Dev.Function("recommendation-dev-stream-processor").Text("MemorySize"),
                stacks.Dev.Function("recommendation-dev-archiver").Text("MemorySize"),
                stacks.Dev.Function("recommendation-dev-batch-processor").Text("MemorySize"),
                stacks.Dev.Function("recommendation-dev-admin-api").Text("MemorySize")
            )
        );
        var idle = new CostCalculator(new MeasuredSizes())
            .Estimate(Workload.Documented[0])
            .Lines.ToDictionary(line => line.Price.Name + line.Part, line => line.Quantity);
        Assert.Equal(
            720d * (int)stacks.Dev.Only("AWS::Kinesis::Stream").At("ShardCount")!,
            idle["Kinesis shardstream"]
        );
        // Development pays per request, so an idle table costs nothing.
        Assert.Equal("PAY_PER_REQUEST", stacks.Dev.Only("AWS::DynamoDB::Table").Text("BillingMode"));
        Assert.Equal(0, idle["DynamoDB write on demandprofiles"]);
    }

    private static string Money(decimal dollars) => dollars.ToString("#,##0", CultureInfo.InvariantCulture);
}
