using System.Globalization;
using System.Text;
using Recommendation.Application.Ports;

namespace Recommendation.Expressions.Syntax;

/// <summary>The values of literals, as the CEL specification writes them.</summary>
internal static class Literals
{
    /// <exception cref="InvalidExpressionException">The number does not fit into 64 bits.</exception>
    internal static object Integer(string text, int position)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var parsed = isHex
            ? ulong.TryParse(
                text.AsSpan(2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var number
            )
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!parsed || number > long.MaxValue)
            throw ExpressionErrors.At(position, $"'{text}' does not fit into a whole number of 64 bits");
        return (long)number;
    }

    /// <exception cref="InvalidExpressionException">The number is too large.</exception>
    internal static object Decimal(string text, int position)
    {
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw ExpressionErrors.At(position, $"'{text}' is too large");
    }

    /// <exception cref="InvalidExpressionException">The text has an escape that there is not.</exception>
    internal static object Text(string token, int position)
    {
        if (token[0] is 'r' or 'R')
            return token[2..^1];
        var text = new StringBuilder(token.Length);
        for (var at = 1; at < token.Length - 1; at++)
        {
            if (token[at] == '\\')
                at += Escape(token, at, position, text);
            else
                text.Append(token[at]);
        }
        return text.ToString();
    }

    /// <returns>How many characters follow the backslash.</returns>
    private static int Escape(string token, int at, int position, StringBuilder text)
    {
        var kind = token[at + 1];
        if ("abfnrtv".IndexOf(kind, StringComparison.Ordinal) is >= 0 and var control)
            return Appended(1, "\a\b\f\n\r\t\v"[control].ToString());
        if ("\\?\"'`".Contains(kind, StringComparison.Ordinal))
            return Appended(1, kind.ToString());
        var (skipped, digits, style) = kind switch
        {
            'x' or 'X' => (1, 2, NumberStyles.AllowHexSpecifier),
            'u' => (1, 4, NumberStyles.AllowHexSpecifier),
            'U' => (1, 8, NumberStyles.AllowHexSpecifier),
            >= '0' and <= '3' => (0, 3, NumberStyles.None),
            _ => throw NoEscape(),
        };
        var start = at + 1 + skipped;
        if (start + digits > token.Length - 1)
            throw NoEscape();
        var code = token.AsSpan(start, digits);
        if (
            !(style == NumberStyles.None ? TryOctal(code, out var rune) : TryHex(code, out rune)) || !Rune.IsValid(rune)
        )
            throw NoEscape();
        return Appended(skipped + digits, new Rune(rune).ToString());

        int Appended(int length, string what)
        {
            text.Append(what);
            return length;
        }

        Exception NoEscape() =>
            ExpressionErrors.At(position + at, $@"'\{kind}' begins no escape; write '\\' for a backslash");
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out int code) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);

    private static bool TryOctal(ReadOnlySpan<char> digits, out int code)
    {
        code = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return false;
            code = (code * 8) + (digit - '0');
        }
        return true;
    }
}
