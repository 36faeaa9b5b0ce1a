namespace Recommendation.Expressions.Syntax;

/// <summary>What one expression may cost, to be parsed and to be evaluated.</summary>
internal static class ExpressionLimits
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    internal const int Characters = 4_096;

    /// <summary>The most brackets within one another, with the conditionals.</summary>
    internal const int Depth = 32;

    /// <summary>The most tokens.</summary>
    internal const int Tokens = 1_000;

    /// <summary>The longest pattern of <c>matches</c>.</summary>
    internal const int PatternCharacters = 256;

    /// <summary>
    /// The most steps of <c>exists</c> and its like in one evaluation; beyond it the evaluation is an error.
    /// </summary>
    internal const int Steps = 10_000;

    /// <summary>The longest text that <c>+</c> makes.</summary>
    internal const int JoinedCharacters = 65_536;
}
