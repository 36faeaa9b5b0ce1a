using Recommendation.Application.Ports;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Recommendation.Expressions.Syntax;

/// <summary>Parses expressions by the grammar of the CEL specification, with its precedence of operators.</summary>
internal static class ExpressionParser
{
    private static readonly TokenListParser<TokenKind, Node[]> s_arguments = Parse
        .Ref(() => s_expression!)
        .ManyDelimitedBy(Token.EqualTo(TokenKind.Comma));

    private static readonly TokenListParser<TokenKind, Node> s_literal = Literal(TokenKind.Integer, Literals.Integer)
        .Or(Literal(TokenKind.Decimal, Literals.Decimal))
        .Or(Literal(TokenKind.Text, Literals.Text))
        .Or(Literal(TokenKind.True, (_, _) => true))
        .Or(Literal(TokenKind.False, (_, _) => false))
        .Or(Literal(TokenKind.Null, (_, _) => null));

    private static readonly TokenListParser<TokenKind, Node[]> s_call =
        from open in Token.EqualTo(TokenKind.OpenBracket)
        from arguments in s_arguments
        from close in Token.EqualTo(TokenKind.CloseBracket)
        select arguments;

    private static readonly TokenListParser<TokenKind, Node> s_nameOrCall =
        from name in Token.EqualTo(TokenKind.Name)
        from arguments in s_call.AsNullable().OptionalOrDefault()
        select arguments is null
            ? new NameNode(Position(name), name.ToStringValue())
            : (Node)new CallNode(Position(name), null, name.ToStringValue(), arguments);

    private static readonly TokenListParser<TokenKind, Node> s_nested =
        from open in Token.EqualTo(TokenKind.OpenBracket)
        from inner in Parse.Ref(() => s_expression!)
        from close in Token.EqualTo(TokenKind.CloseBracket)
        select inner;

    private static readonly TokenListParser<TokenKind, Node> s_list =
        from open in Token.EqualTo(TokenKind.OpenSquare)
        from items in s_arguments
        from close in Token.EqualTo(TokenKind.CloseSquare)
        select (Node)new ListNode(Position(open), items);

    private static readonly TokenListParser<TokenKind, Func<Node, Node>> s_member =
        from dot in Token.EqualTo(TokenKind.Dot)
        from name in Token.EqualTo(TokenKind.Name)
        from arguments in s_call.AsNullable().OptionalOrDefault()
        select (Func<Node, Node>)(target => arguments is null
            ? new FieldNode(Position(name), target, name.ToStringValue())
            : new CallNode(Position(name), target, name.ToStringValue(), arguments));

    private static readonly TokenListParser<TokenKind, Func<Node, Node>> s_index =
        from open in Token.EqualTo(TokenKind.OpenSquare)
        from index in Parse.Ref(() => s_expression!)
        from close in Token.EqualTo(TokenKind.CloseSquare)
        select (Func<Node, Node>)(target => new IndexNode(Position(open), target, index));

    private static readonly TokenListParser<TokenKind, Node> s_primary =
        from first in s_literal.Or(s_nameOrCall).Or(s_nested).Or(s_list)
        from members in s_member.Or(s_index).Many()
        select members.Aggregate(first, (target, member) => member(target));

    private static readonly TokenListParser<TokenKind, Node> s_unary =
        from prefixes in Token.EqualTo(TokenKind.Not).Or(Token.EqualTo(TokenKind.Minus)).Many()
        from operand in s_primary
        select prefixes.Reverse().Aggregate(operand, Prefixed);

    private static readonly TokenListParser<TokenKind, Node> s_or = Chain(
        Chain(
            Chain(
                Chain(
                    Chain(s_unary, TokenKind.Times, TokenKind.Divide, TokenKind.Modulo),
                    TokenKind.Plus, TokenKind.Minus),
                TokenKind.Equal, TokenKind.NotEqual, TokenKind.Less, TokenKind.AtMost, TokenKind.Greater,
                TokenKind.AtLeast, TokenKind.In),
            TokenKind.And),
        TokenKind.Or);

    private static readonly TokenListParser<TokenKind, (Node Then, Node Otherwise)?> s_branches =
        from question in Token.EqualTo(TokenKind.Question)
        from then in s_or
        from colon in Token.EqualTo(TokenKind.Colon)
        from otherwise in Parse.Ref(() => s_expression!)
        select ((Node, Node)?)(then, otherwise);

    private static readonly TokenListParser<TokenKind, Node> s_expression =
        from condition in s_or
        from branches in s_branches.OptionalOrDefault()
        select branches is { } both
            ? new ConditionalNode(condition.Position, condition, both.Then, both.Otherwise)
            : condition;

    private static readonly TokenListParser<TokenKind, Node> s_whole = s_expression.AtEnd();

    /// <exception cref="InvalidExpressionException">The text is no expression.</exception>
    internal static Node Of(string text)
    {
        if (text.Length > ExpressionLimits.Characters)
            throw ExpressionErrors.At(
                ExpressionLimits.Characters,
                $"the expression has {text.Length} characters; at most {ExpressionLimits.Characters} are allowed"
            );
        var tokens = ExpressionTokens.Of(text);
        if (tokens.Count() is > ExpressionLimits.Tokens and var count)
            throw ExpressionErrors.At(
                0,
                $"the expression has {count} words and signs; at most {ExpressionLimits.Tokens} are allowed"
            );
        var result = s_whole.TryParse(tokens);
        if (result.HasValue)
            return result.Value;
        var position = result.ErrorPosition.HasValue ? result.ErrorPosition.Absolute : text.Length;
        throw ExpressionErrors.At(position, result.FormatErrorMessageFragment());
    }

    private static TokenListParser<TokenKind, Node> Chain(
        TokenListParser<TokenKind, Node> operand, params TokenKind[] operators) =>
        Parse.Chain(
            Token.Matching<TokenKind>(operators.Contains, Describe(operators)),
            operand,
            (token, left, right) => new BinaryNode(Position(token), token.Kind, left, right)
        );

    private static Node Prefixed(Node operand, Token<TokenKind> prefix) => (prefix.Kind, operand) switch
    {
        (TokenKind.Minus, LiteralNode { Value: long number }) => new LiteralNode(Position(prefix), -number),
        _ => new UnaryNode(Position(prefix), prefix.Kind, operand),
    };

    private static string Describe(TokenKind[] operators) =>
        operators[0] switch
        {
            TokenKind.Times => "`*`, `/`, `%`",
            TokenKind.Plus => "`+`, `-`",
            TokenKind.Equal => "a comparison",
            TokenKind.And => "`&&`",
            _ => "`||`",
        };

    private static TokenListParser<TokenKind, Node> Literal(TokenKind kind, Func<string, int, object?> read) =>
        from token in Token.EqualTo(kind)
        select (Node)new LiteralNode(Position(token), read(token.ToStringValue(), Position(token)));

    private static int Position(Token<TokenKind> token) => token.Position.Absolute;
}
