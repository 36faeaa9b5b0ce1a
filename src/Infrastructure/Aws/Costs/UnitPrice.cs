namespace Recommendation.Aws.Costs;

/// <summary>What a service charges for one unit.</summary>
/// <param name="Name">The service and what is counted.</param>
/// <param name="Unit">What <paramref name="Dollars"/> buys.</param>
/// <param name="Date">When the price was taken from AWS's price list.</param>
public sealed record UnitPrice(string Name, decimal Dollars, string Unit, DateOnly Date);
