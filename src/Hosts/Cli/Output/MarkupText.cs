using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>
/// Markup for the console, from an interpolated string or several that are joined by +. The literal parts are markup;
/// the values are escaped, so that a title such as <c>[sale] mug</c> stays text.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct MarkupText
{
    private readonly StringBuilder _text;

    public MarkupText(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text.Append(
            Markup.Escape(
                value is IFormattable formattable
                    ? formattable.ToString(format, CultureInfo.CurrentCulture)
                    : value?.ToString() ?? ""
            )
        );

    public void AppendFormatted<T>(T value, int alignment, string? format = null)
    {
        var start = _text.Length;
        AppendFormatted(value, format);
        var missing = Math.Abs(alignment) - (_text.Length - start);
        if (missing > 0)
            _text.Insert(alignment < 0 ? _text.Length : start, " ", missing);
    }

    public override string ToString() => _text.ToString();
}
