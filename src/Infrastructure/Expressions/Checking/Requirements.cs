using Recommendation.Application.Ports;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Checking;

/// <summary>Requires types of the parts of an expression.</summary>
internal static class Requirements
{
    /// <exception cref="InvalidExpressionException">The part can't be a value of one of these kinds.</exception>
    internal static void Require(Node node, Compiled part, params TypeKind[] kinds)
    {
        if (kinds.Any(part.Type.MayBe))
            return;
        var expected = string.Join(" or ", kinds.Select(kind => new ExpressionType(kind)));
        throw ExpressionErrors.At(node.Position, $"expected {expected}, but this is {part.Type}");
    }
}
