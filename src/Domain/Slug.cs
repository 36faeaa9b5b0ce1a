namespace Recommendation.Domain;

/// <summary>The rule for names that become folders and keys: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,79}</c>.</summary>
internal static class Slug
{
    internal static string Require(string? text, string name)
    {
        if (text is { Length: >= 1 and <= 80 } && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            return text;
        throw new ArgumentException(
            $"{name} '{text}' is not of the form [A-Za-z0-9][A-Za-z0-9._-]{{0,79}}.",
            nameof(text)
        );
    }
}
