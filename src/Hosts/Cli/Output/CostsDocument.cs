using System.Globalization;
using Recommendation.Aws.Costs;

namespace Recommendation.Cli.Output;

internal sealed record CostsDocument(
    string Region,
    string Currency,
    IReadOnlyList<CostDocument> Stacks,
    IReadOnlyList<PriceDocument> Prices,
    IReadOnlyList<SizeDocument> Sizes
)
{
    internal static CostsDocument Of(IReadOnlyList<CostEstimate> estimates, MeasuredSizes sizes) =>
        new(
            PriceList.Region,
            "USD",
            [
                .. estimates.Select(estimate => new CostDocument(
                    estimate.Workload.Name,
                    estimate.Workload.EventsPerDay,
                    decimal.Round(estimate.Dollars, 2),
                    new StackSize(sizes).PeakWriteUnits(estimate.Workload),
                    new StackSize(sizes).SettingsOf(estimate.Workload),
                    [
                        .. CostCalculator.Parts.Select(part => new PartCostDocument(
                            part,
                            decimal.Round(estimate.Of(part), 2)
                        )),
                    ],
                    [
                        .. estimate.Lines.Select(line => new CostLineDocument(
                            line.Part,
                            line.Price.Name,
                            Math.Round(line.Quantity, 3),
                            line.Price.Unit,
                            line.Dollars
                        )),
                    ]
                )),
            ],
            [
                .. PriceList.All.Select(price => new PriceDocument(
                    price.Name,
                    price.Dollars,
                    price.Unit,
                    price.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                )),
            ],
            [.. sizes.Named.Select(size => new SizeDocument(size.Name, size.Value, size.Unit))]
        );
}

/// <param name="PeakWriteUnits">What the table's maximum must allow.</param>
/// <param name="Settings">What the stack needs beyond its defaults, as <c>name=value</c>.</param>
internal sealed record CostDocument(
    string Name,
    long EventsPerDay,
    decimal Dollars,
    int PeakWriteUnits,
    IReadOnlyList<string> Settings,
    IReadOnlyList<PartCostDocument> Parts,
    IReadOnlyList<CostLineDocument> Lines
);

internal sealed record PartCostDocument(string Part, decimal Dollars);

internal sealed record CostLineDocument(string Part, string Price, double Quantity, string Unit, decimal Dollars);

internal sealed record PriceDocument(string Name, decimal Dollars, string Unit, string Date);

internal sealed record SizeDocument(string Name, double Value, string Unit);
