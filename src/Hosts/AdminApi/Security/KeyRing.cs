using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Security;

/// <summary>
/// The keys as a running server knows them: read again when the file has changed, looked at once a second.
/// </summary>
internal sealed class KeyRing(ApiKeys keys, TimeProvider time, ILogger<KeyRing> logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly byte[] s_noHash = new byte[SHA256.HashSizeInBytes];

    private readonly Lock _gate = new();
    private volatile Known? _known;
    private long _lookedAt;

    /// <summary>
    /// Whether requests need a key: as soon as one was ever created here, revoked ones included, for as long as the
    /// data folder lives.
    /// </summary>
    internal bool IsRequired => Current().IsRequired;

    /// <returns>The key's description; null where it is unknown, revoked or wrong.</returns>
    internal ApiKey? Find(string key)
    {
        var parts = key.Split('_', 3);
        var known = parts.Length == 3 ? Current().Keys.GetValueOrDefault(parts[1]) : null;
        // Compared whatever was found, so that the time tells nothing of which ids exist.
        var stored = known is null ? s_noHash : Convert.FromHexString(known.Sha256);
        var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), stored);
        return isRight && known is { RevokedAt: null } ? known : null;
    }

    /// <summary>Whether pages of an origin may use one of the keys.</summary>
    internal bool KnowsOrigin(string origin) => Current().Origins.Contains(origin);

    private Known Current()
    {
        if (_known is { } fresh && time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < s_pause)
            return fresh;
        lock (_gate)
        {
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            var changedAt = File.GetLastWriteTimeUtc(keys.Path);
            if (_known is { } known && known.ChangedAt == changedAt)
                return known;
            return _known = Read(changedAt);
        }
    }

    private Known Read(DateTime changedAt)
    {
        try
        {
            var found = keys.ReadExpected().ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
            return new Known(changedAt, found, IsRequired: found.Count > 0 || _known is { IsRequired: true });
        }
        catch (RefusedException missing)
        {
            logger.LogError("No key opens anything: {Problem}", missing.Message);
            return new Known(changedAt, FrozenDictionary<string, ApiKey>.Empty, IsRequired: true);
        }
        catch (Exception problem)
            when (_known is not null && problem is StoredFormatException or StoreUnavailableException)
        {
            // Required from now on: what can't be read may hold keys. Looked at again in a second.
            logger.LogError("The keys can't be read, and those known go on counting: {Problem}", problem.Message);
            return _known! with { ChangedAt = DateTime.MinValue, IsRequired = true };
        }
    }

    private sealed record Known(DateTime ChangedAt, FrozenDictionary<string, ApiKey> Keys, bool IsRequired)
    {
        internal FrozenSet<string> Origins { get; } = Keys.Values
            .Where(key => key is { RevokedAt: null, Role: Role.Browser })
            .SelectMany(key => key.Origins ?? [])
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
