using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Scenarios;

/// <summary>The attributes that conditions may name.</summary>
internal sealed class ScenarioSchema(ItemChecks items)
{
    internal async Task<ExpressionSchema> ReadAsync(CancellationToken cancellationToken)
    {
        const string users = ChangeUserAttributes.Prefix;
        var shapes = await items.ShapesAsync(cancellationToken);
        var (ofItems, ofUsers) = (NewTypes(), NewTypes());
        foreach (var (name, shape) in shapes)
        {
            if (name.StartsWith(users, StringComparison.Ordinal))
                ofUsers[name[users.Length..]] = shape.Type;
            else
                ofItems[name] = shape.Type;
        }
        return new(ofItems, ofUsers);
    }

    private static Dictionary<string, AttributeType> NewTypes() => new(StringComparer.Ordinal);
}
