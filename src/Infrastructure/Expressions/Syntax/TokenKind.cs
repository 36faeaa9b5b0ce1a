using Superpower.Display;

namespace Recommendation.Expressions.Syntax;

/// <summary>The kinds of tokens; their descriptions are what error messages say.</summary>
internal enum TokenKind
{
    None,

    [Token(Category = "name", Example = "a name")]
    Name,

    [Token(Example = "a number")]
    Integer,

    [Token(Example = "a number")]
    Decimal,

    [Token(Example = "a text")]
    Text,

    [Token(Example = "true")]
    True,

    [Token(Example = "false")]
    False,

    [Token(Example = "null")]
    Null,

    [Token(Example = "in")]
    In,

    [Token(Example = "(")]
    OpenBracket,

    [Token(Example = ")")]
    CloseBracket,

    [Token(Example = "[")]
    OpenSquare,

    [Token(Example = "]")]
    CloseSquare,

    [Token(Example = ".")]
    Dot,

    [Token(Example = ",")]
    Comma,

    [Token(Example = "?")]
    Question,

    [Token(Example = ":")]
    Colon,

    [Token(Example = "||")]
    Or,

    [Token(Example = "&&")]
    And,

    [Token(Example = "==")]
    Equal,

    [Token(Example = "!=")]
    NotEqual,

    [Token(Example = "<=")]
    AtMost,

    [Token(Example = ">=")]
    AtLeast,

    [Token(Example = "<")]
    Less,

    [Token(Example = ">")]
    Greater,

    [Token(Example = "+")]
    Plus,

    [Token(Example = "-")]
    Minus,

    [Token(Example = "*")]
    Times,

    [Token(Example = "/")]
    Divide,

    [Token(Example = "%")]
    Modulo,

    [Token(Example = "!")]
    Not,
}
