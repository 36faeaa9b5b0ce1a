using System.Buffers.Binary;
using System.Security.Cryptography;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>The secret that signs recommendation ids: the first 8 bytes of HMAC-SHA256.</summary>
public sealed class RecommendationIdKey
{
    /// <summary>How many bytes the secret has.</summary>
    public const int Length = 32;

    // What the thread signed with last: to set up a key costs three times as much as to sign with it.
    [ThreadStatic]
    private static Mac? t_mac;

    private readonly byte[] _secret;

    /// <param name="secret">Random bytes that nobody else knows.</param>
    public RecommendationIdKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Length)
            throw new ArgumentException($"The secret has {secret.Length} bytes, not {Length}.", nameof(secret));
        _secret = secret.ToArray();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, hash);
        Number = hash[0] & 0xf;
    }

    /// <summary>Tells keys apart, 0–15: it says why an id of another key is not ours.</summary>
    public int Number { get; }

    /// <summary>The id with this key's number and signature.</summary>
    public RecommendationId Sign(in RecommendationId id)
    {
        var numbered = id with { Key = Number };
        return numbered with { Signature = SignatureOf(numbered) };
    }

    /// <summary>Why an id does not count for what a user did; null if it does.</summary>
    public RecommendationIdProblem? ProblemOf(in RecommendationId id, UserId user)
    {
        if (id.Key != Number)
            return RecommendationIdProblem.UnknownKey;
        Span<byte> given = stackalloc byte[8];
        Span<byte> right = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(given, id.Signature);
        BinaryPrimitives.WriteUInt64BigEndian(right, SignatureOf(id));
        if (!CryptographicOperations.FixedTimeEquals(given, right))
            return RecommendationIdProblem.BadSignature;
        return id.UserHash == RecommendationId.Nobody || id.UserHash == RecommendationId.HashOf(user)
            ? null : RecommendationIdProblem.OtherUser;
    }

    private ulong SignatureOf(in RecommendationId id)
    {
        Span<byte> signed = stackalloc byte[RecommendationId.SignedBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        id.WriteSigned(signed);
        if (t_mac?.Owner != this)
            t_mac = new(this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret));
        t_mac.Hash.AppendData(signed);
        t_mac.Hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private sealed record Mac(RecommendationIdKey Owner, IncrementalHash Hash);
}
