namespace Recommendation.Expressions.Syntax;

/// <summary>A part of a parsed expression.</summary>
/// <param name="Position">Where it begins, from 0.</param>
internal abstract record Node(int Position);

/// <summary>
/// A literal: a <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or null.
/// </summary>
internal sealed record LiteralNode(int Position, object? Value) : Node(Position);

/// <summary>A list of expressions.</summary>
internal sealed record ListNode(int Position, Node[] Items) : Node(Position);

/// <summary>A variable.</summary>
internal sealed record NameNode(int Position, string Name) : Node(Position);

/// <summary>A field of something.</summary>
internal sealed record FieldNode(int Position, Node Target, string Field) : Node(Position);

/// <summary>An element of something.</summary>
internal sealed record IndexNode(int Position, Node Target, Node Index) : Node(Position);

/// <summary>A call of a function, or of a method where there is a target.</summary>
internal sealed record CallNode(int Position, Node? Target, string Function, Node[] Arguments) : Node(Position);

/// <summary>An operator before its operand.</summary>
internal sealed record UnaryNode(int Position, TokenKind Operator, Node Operand) : Node(Position);

/// <summary>An operator between two operands.</summary>
internal sealed record BinaryNode(int Position, TokenKind Operator, Node Left, Node Right) : Node(Position);

/// <summary><c>a ? b : c</c>.</summary>
internal sealed record ConditionalNode(int Position, Node Condition, Node Then, Node Otherwise) : Node(Position);
