using Recommendation.Application.Ports;

namespace Recommendation.Expressions.Syntax;

/// <summary>Errors name the column and what was expected there.</summary>
internal static class ExpressionErrors
{
    /// <param name="position">From 0.</param>
    /// <param name="problem">What is wrong, without a full stop.</param>
    internal static InvalidExpressionException At(int position, string problem) =>
        new(position + 1, $"Column {position + 1}: {problem}.");
}
