using Recommendation.Expressions.Evaluation;

namespace Recommendation.Expressions.Checking;

/// <summary>A part of an expression: its type, and how to evaluate it.</summary>
internal readonly record struct Compiled(ExpressionType Type, Evaluator Evaluate);
