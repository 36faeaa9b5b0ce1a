using Recommendation.Application.Ports;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace Recommendation.Expressions.Syntax;

/// <summary>Divides the text of an expression into tokens, as the CEL specification does.</summary>
internal static class ExpressionTokens
{
    private static readonly TextParser<TextSpan> s_decimal = Span.Regex(
        @"(?:[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)"
    );

    private static readonly TextParser<TextSpan> s_integer = Span.Regex("(?:0[xX][0-9a-fA-F]+|[0-9]+)");

    private static readonly TextParser<TextSpan> s_text = Span.Regex(
        "(?:[rR]\"[^\"\r\n]*\"|[rR]'[^'\r\n]*'|\"(?:[^\"\\\\\r\n]|\\\\[^\r\n])*\"|'(?:[^'\\\\\r\n]|\\\\[^\r\n])*')"
    );

    private static readonly TextParser<TextSpan> s_name = Span.Regex("[_a-zA-Z][_a-zA-Z0-9]*");

    private static readonly Tokenizer<TokenKind> s_tokenizer = new TokenizerBuilder<TokenKind>()
        .Ignore(Span.WhiteSpace)
        .Match(s_text, TokenKind.Text)
        .Match(s_decimal, TokenKind.Decimal, requireDelimiters: true)
        .Match(s_integer, TokenKind.Integer, requireDelimiters: true)
        .Match(Span.EqualTo("true"), TokenKind.True, requireDelimiters: true)
        .Match(Span.EqualTo("false"), TokenKind.False, requireDelimiters: true)
        .Match(Span.EqualTo("null"), TokenKind.Null, requireDelimiters: true)
        .Match(Span.EqualTo("in"), TokenKind.In, requireDelimiters: true)
        .Match(s_name, TokenKind.Name, requireDelimiters: true)
        .Match(Span.EqualTo("||"), TokenKind.Or)
        .Match(Span.EqualTo("&&"), TokenKind.And)
        .Match(Span.EqualTo("=="), TokenKind.Equal)
        .Match(Span.EqualTo("!="), TokenKind.NotEqual)
        .Match(Span.EqualTo("<="), TokenKind.AtMost)
        .Match(Span.EqualTo(">="), TokenKind.AtLeast)
        .Match(Character.EqualTo('<'), TokenKind.Less)
        .Match(Character.EqualTo('>'), TokenKind.Greater)
        .Match(Character.EqualTo('('), TokenKind.OpenBracket)
        .Match(Character.EqualTo(')'), TokenKind.CloseBracket)
        .Match(Character.EqualTo('['), TokenKind.OpenSquare)
        .Match(Character.EqualTo(']'), TokenKind.CloseSquare)
        .Match(Character.EqualTo('.'), TokenKind.Dot)
        .Match(Character.EqualTo(','), TokenKind.Comma)
        .Match(Character.EqualTo('?'), TokenKind.Question)
        .Match(Character.EqualTo(':'), TokenKind.Colon)
        .Match(Character.EqualTo('+'), TokenKind.Plus)
        .Match(Character.EqualTo('-'), TokenKind.Minus)
        .Match(Character.EqualTo('*'), TokenKind.Times)
        .Match(Character.EqualTo('/'), TokenKind.Divide)
        .Match(Character.EqualTo('%'), TokenKind.Modulo)
        .Match(Character.EqualTo('!'), TokenKind.Not)
        .Build();

    /// <exception cref="InvalidExpressionException">The text holds what is no token, or is nested too deep.</exception>
    internal static TokenList<TokenKind> Of(string text)
    {
        var result = s_tokenizer.TryTokenize(text);
        if (!result.HasValue)
            throw ExpressionErrors.At(result.ErrorPosition.Absolute, "this is no part of an expression");
        RequireShallow(result.Value);
        return result.Value;
    }

    /// <summary>The parser calls itself for each level, so their number is limited before it runs.</summary>
    private static void RequireShallow(TokenList<TokenKind> tokens)
    {
        var (depth, conditionals, prefixes) = (0, 0, 0);
        foreach (var token in tokens)
        {
            depth += token.Kind switch
            {
                TokenKind.OpenBracket or TokenKind.OpenSquare => 1,
                TokenKind.CloseBracket or TokenKind.CloseSquare => -1,
                _ => 0,
            };
            conditionals += token.Kind == TokenKind.Question ? 1 : 0;
            prefixes = token.Kind is TokenKind.Not or TokenKind.Minus ? prefixes + 1 : 0;
            if (depth + conditionals > ExpressionLimits.Depth || prefixes > ExpressionLimits.Depth)
                throw ExpressionErrors.At(
                    token.Position.Absolute,
                    $"the expression is nested deeper than {ExpressionLimits.Depth} levels"
                );
        }
    }
}
