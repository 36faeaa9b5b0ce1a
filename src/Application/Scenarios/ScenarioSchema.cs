using Recommendation.Application.Ports;

namespace Recommendation.Application.Scenarios;

/// <summary>The attributes that conditions may name.</summary>
internal sealed class ScenarioSchema
{
    private readonly ExpressionSchema _known = ExpressionSchema.None;

    internal Task<ExpressionSchema> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_known);
    }
}
