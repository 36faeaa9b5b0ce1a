using Recommendation.Application.Items;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Scenarios;

/// <summary>The attributes that conditions may name.</summary>
internal sealed class ScenarioSchema(ItemChecks items)
{
    internal async Task<ExpressionSchema> ReadAsync(CancellationToken cancellationToken)
    {
        var shapes = await items.ShapesAsync(cancellationToken);
        return ExpressionSchema.None with
        {
            Items = shapes.ToDictionary(one => one.Key, one => one.Value.Type, StringComparer.Ordinal),
        };
    }
}
