namespace Recommendation.Expressions.Evaluation;

/// <summary>The kinds of values of an expression.</summary>
internal enum TypeKind
{
    /// <summary>Known only when evaluated: what a request says of itself.</summary>
    Any,
    Null,
    Boolean,
    Integer,
    Double,
    Text,
    Time,
    Duration,
    List,
}
