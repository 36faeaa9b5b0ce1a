using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.S3;

/// <summary>
/// Where rejected records are: <c>quarantine/{date}/{time}-{position}-{user}.json</c>, hashes for the last two, so that
/// keys list in order of arrival and a user's are found without reading the others.
/// <c>quarantine-positions/{position}</c> holds the key of the record, so that a position is held
/// once whenever it comes.
/// </summary>
internal static class QuarantineKeys
{
    internal const string Records = "quarantine/";
    internal const string Positions = "quarantine-positions/";

    private const int HashLength = 32;

    internal static string Of(QuarantinedRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ArrivalOf(record.ArrivedAt)}-{HashOf(record.Position)}{SuffixOf(record.UserId)}");

    internal static string OfPosition(Position position) => Positions + HashOf(position);

    internal static string SuffixOf(UserId? user) => $"-{Hash(user?.Value ?? "")}.json";

    /// <summary>What keys of that arrival begin with.</summary>
    internal static string ArrivalOf(DateTimeOffset arrival) => string.Create(
        CultureInfo.InvariantCulture, $"{Records}{arrival.UtcDateTime:yyyy-MM-dd}/{arrival.UtcDateTime:HHmmssfffffff}");

    /// <summary>What keys of one arrival have in common.</summary>
    internal static string ArrivalOf(string key) => key[..key.IndexOf('-', key.LastIndexOf('/'))];

    internal static string HashOf(Position position) => Hash(position.ToString());

    /// <summary>The position's key of a record's key.</summary>
    internal static string PositionOf(string key)
    {
        var start = ArrivalOf(key).Length + 1;
        return Positions + key[start..(start + HashLength)];
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength / 2));
}
