using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;

namespace Recommendation.Application.Scenarios;

/// <summary>The attributes that conditions may name.</summary>
internal sealed class ScenarioSchema(ItemChecks items, IAttributeShapes shapes)
{
    internal async Task<ExpressionSchema> ReadAsync(CancellationToken cancellationToken)
    {
        const string users = ChangeUserAttributes.Prefix;
        var ofItems = await items.ShapesAsync(cancellationToken);
        var ofUsers = (await shapes.ReadAsync(cancellationToken))
            .Where(one => one.Key.StartsWith(users, StringComparison.Ordinal));
        return new(
            ofItems.ToDictionary(one => one.Key, one => one.Value.Type, StringComparer.Ordinal),
            ofUsers.ToDictionary(one => one.Key[users.Length..], one => one.Value.Type, StringComparer.Ordinal)
        );
    }
}
