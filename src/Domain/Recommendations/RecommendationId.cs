using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>
/// Names a list that was served: what it was made with, when and for whom, and a signature. Nothing is stored to read
/// it back. 26 bytes, 35 characters of base64url: format and key 1, configuration 4, source 1, minute 4, user hash 4,
/// nonce 4, signature 8; numbers are big-endian.
/// </summary>
public readonly record struct RecommendationId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 35;

    /// <summary>The hash of the user of a list that is nobody's.</summary>
    public const uint Nobody = 0;

    internal const int Bytes = 26;
    internal const int SignedBytes = 18;
    private const int CurrentFormat = 1;

    /// <summary>Which key signed it: 0–15.</summary>
    public required int Key { get; init; }

    /// <summary>The number of the <see cref="ListConfiguration"/>.</summary>
    public required uint Configuration { get; init; }

    public required ServedSource Source { get; init; }

    /// <summary>When the list was served: whole minutes since 1970.</summary>
    public required uint Minute { get; init; }

    /// <summary>Tells the users apart; <see cref="Nobody"/> where the list is nobody's.</summary>
    public required uint UserHash { get; init; }

    /// <summary>Tells the lists of a minute apart.</summary>
    public required uint Nonce { get; init; }

    /// <summary>Shows that this system made the id.</summary>
    public ulong Signature { get; init; }

    /// <summary>When the list was served, to the minute.</summary>
    public DateTimeOffset ServedAt => DateTimeOffset.FromUnixTimeSeconds(Minute * 60L);

    public static uint MinuteOf(DateTimeOffset time) =>
        (uint)Math.Clamp(time.ToUnixTimeSeconds() / 60, 0, uint.MaxValue);

    public static uint HashOf(UserId? user) => user is { } known ? (uint)StableHash.Of(known.Value) : Nobody;

    /// <returns>The id; null with the reason where the text is none. The signature is not checked.</returns>
    public static (RecommendationId? Id, RecommendationIdProblem? Problem) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[Bytes + 2];
        if (text.Length != Length
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Bytes)
            return (null, RecommendationIdProblem.Malformed);
        if (bytes[0] >> 4 != CurrentFormat || bytes[5] is 0 || !Enum.IsDefined((ServedSource)bytes[5]))
            return (null, RecommendationIdProblem.UnknownFormat);
        var id = new RecommendationId
        {
            Key = bytes[0] & 0xf,
            Configuration = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            Source = (ServedSource)bytes[5],
            Minute = BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]),
            UserHash = BinaryPrimitives.ReadUInt32BigEndian(bytes[10..]),
            Nonce = BinaryPrimitives.ReadUInt32BigEndian(bytes[14..]),
            Signature = BinaryPrimitives.ReadUInt64BigEndian(bytes[18..]),
        };
        // The last character has bits to spare: one id has one text.
        return string.Equals(id.ToString(), text, StringComparison.Ordinal)
            ? (id, null) : (null, RecommendationIdProblem.Malformed);
    }

    /// <summary>Reads an id that was checked when it was stored.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static RecommendationId FromStored(string text) =>
        Read(text).Id ?? throw new FormatException($"'{text}' is no recommendation id.");

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        WriteSigned(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[SignedBytes..], Signature);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Writes what the signature signs.</summary>
    internal void WriteSigned(Span<byte> bytes)
    {
        bytes[0] = (byte)(CurrentFormat << 4 | Key);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Configuration);
        bytes[5] = (byte)Source;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[6..], Minute);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[10..], UserHash);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[14..], Nonce);
    }
}

/// <summary>Why a recommendation id does not count. The text is stored and shown, so it never changes.</summary>
public readonly record struct RecommendationIdProblem(string Code, string Message)
{
    public static readonly RecommendationIdProblem Malformed = new(
        "malformed",
        "recommendationId is not one that a list carries (35 characters). Send back what the list gave, unchanged."
    );
    public static readonly RecommendationIdProblem UnknownFormat = new(
        "unknown-format", "recommendationId is of a format that this version does not know.");
    public static readonly RecommendationIdProblem UnknownKey = new(
        "unknown-key", "recommendationId was made elsewhere, or before the key of this data folder was lost.");
    public static readonly RecommendationIdProblem BadSignature = new(
        "bad-signature", "recommendationId was changed since the list gave it.");
    public static readonly RecommendationIdProblem OtherUser = new(
        "other-user", "recommendationId belongs to a list of another user.");

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<RecommendationIdProblem> All { get; } =
        [Malformed, UnknownFormat, UnknownKey, BadSignature, OtherUser];
}
