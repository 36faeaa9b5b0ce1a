using System.Globalization;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Names a stored history of a user: the version of the profile that its writer had loaded, and a random part. So two
/// writers of one version never share a key, and a key below the stored profile's version that the profile does not
/// name can never be named again.
/// </summary>
public readonly record struct HistoryKey
{
    private HistoryKey(long version, string value) => (Version, Value) = (version, value);

    /// <summary>The version of the profile that the writer had loaded.</summary>
    public long Version { get; }

    /// <summary>The stored form: <c>{version}-{16 hexadecimal digits}</c>.</summary>
    public string Value { get; }

    /// <param name="version">The version of the profile that is replaced.</param>
    /// <param name="random">A number that nobody else has drawn.</param>
    public static HistoryKey New(long version, ulong random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return new(version, string.Create(CultureInfo.InvariantCulture, $"{version}-{random:x16}"));
    }

    /// <exception cref="FormatException">The text is not what <see cref="ToString"/> writes.</exception>
    public static HistoryKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (
            dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && ulong.TryParse(
                text.AsSpan(dash + 1),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var random
            )
            && New(version, random) is var key
            && string.Equals(key.Value, text, StringComparison.Ordinal)
        )
        {
            return key;
        }
        throw new FormatException($"'{text}' is not a key of a history.");
    }

    public override string ToString() => Value;
}
