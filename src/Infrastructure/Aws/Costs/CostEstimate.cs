namespace Recommendation.Aws.Costs;

/// <summary>What a stack costs in a month of 30 days.</summary>
public sealed record CostEstimate(Workload Workload, IReadOnlyList<CostLine> Lines)
{
    public decimal Dollars => Lines.Sum(line => line.Dollars);

    /// <summary>The sum of a part's lines.</summary>
    public decimal Of(string part) =>
        Lines.Where(line => string.Equals(line.Part, part, StringComparison.Ordinal)).Sum(line => line.Dollars);
}

/// <summary>One thing that is charged.</summary>
/// <param name="Part">The part of the stack: one of <see cref="CostCalculator.Parts"/>.</param>
/// <param name="Quantity">In units of the price.</param>
public sealed record CostLine(string Part, UnitPrice Price, double Quantity)
{
    public decimal Dollars => decimal.Round((decimal)Quantity * Price.Dollars, 4);
}
