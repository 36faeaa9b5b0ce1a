using Recommendation.Application.Ports;
using Recommendation.Expressions.Checking;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Selecting;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions;

/// <summary>
/// Conditions in the Common Expression Language, <see href="https://github.com/google/cel-spec"/>: literals of whole
/// numbers, numbers, texts, lists and truth values; its operators; and the functions that docs/scenarios.md lists.
/// </summary>
public sealed class ExpressionCompiler : IExpressionCompiler
{
    /// <inheritdoc/>
    public CompiledCondition Compile(string text, ExpressionSchema schema)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(schema);
        var node = ExpressionParser.Of(text);
        var holds = Condition(node, schema);
        return new(holds, new SelectorCompiler(schema).Compile(node), node.IsOfItem());
    }

    private static Condition Condition(Node node, ExpressionSchema schema)
    {
        var compiler = new ConditionCompiler(schema);
        var evaluate = compiler.Condition(node);
        var locals = compiler.MostLocals;
        if (locals == 0)
            return (in scope) =>
            {
                var frame = new Frame(scope, []);
                return evaluate(ref frame).IsTrue;
            };
        return (in scope) =>
        {
            var frame = new Frame(scope, new Value[locals]);
            return evaluate(ref frame).IsTrue;
        };
    }
}
