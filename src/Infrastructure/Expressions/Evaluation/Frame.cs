using Recommendation.Application.Ports;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Evaluation;

/// <summary>The state of one evaluation.</summary>
internal ref struct Frame(in ConditionScope scope, Span<Value> locals)
{
    private int _steps = ExpressionLimits.Steps;

    internal readonly ConditionScope Scope = scope;

    /// <summary>The variables of <c>exists</c> and its like.</summary>
    internal readonly Span<Value> Locals = locals;

    /// <summary>Counts a step; false when the evaluation has had all that it may take.</summary>
    internal bool Step() => --_steps >= 0;
}

/// <summary>A compiled part of an expression.</summary>
internal delegate Value Evaluator(ref Frame frame);
