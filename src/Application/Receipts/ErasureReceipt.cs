using System.Text.Json.Serialization;

namespace Recommendation.Application.Receipts;

/// <summary>What was erased, and when: what a receipt signs, as this JSON without white space.</summary>
/// <param name="Version">Of this form: 3. Form 1 has no <c>found</c>, and form 2 neither <c>erasureId</c> nor
/// <c>places</c>.</param>
/// <param name="KeyId">The key that signed it: the first 16 bytes of SHA-256 of its public part (SubjectPublicKeyInfo),
/// as hexadecimal text.</param>
/// <param name="UserId">Who was erased.</param>
/// <param name="ErasedAt">The time of the erasure's record in the log: what is before the
/// record never counts again.</param>
/// <param name="IssuedAt">When the receipt was signed.</param>
/// <param name="Removed">What was removed.</param>
/// <param name="Found">
/// Whether anything was kept of the user; false for a user who was never seen under this id, or was erased before. Null
/// in form 1.
/// </param>
/// <param name="ErasureId">The erasure. Null in earlier forms.</param>
/// <param name="Places">The places that were erased, by their keys in docs/personal-data.md.
/// Null in earlier forms.</param>
public sealed record ErasureReceipt(
    int Version, string KeyId, string UserId, string ErasedAt, string IssuedAt, RemovedData Removed,
    // Left out, and not null: a receipt of form 1 must come out as the bytes that were signed.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Found = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErasureId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Places = null)
{
    /// <summary>The form of the receipts that are made now.</summary>
    public const int Current = 3;
}

/// <summary>What was removed.</summary>
/// <param name="Profile">Always: nothing of it is left but a tombstone that holds the id and the time.</param>
/// <param name="List">Always: there is no stored list.</param>
/// <param name="InteractionsCounted">Interactions that the profile had counted.</param>
/// <param name="InteractionsInLog">Interactions removed from the log, its archive included.</param>
/// <param name="QuarantinedRecords">Records removed from quarantine.</param>
public sealed record RemovedData(
    bool Profile,
    bool List,
    long InteractionsCounted,
    long InteractionsInLog,
    long QuarantinedRecords
);

/// <summary>A receipt and its signature.</summary>
/// <param name="Algorithm"><c>ES256</c>: ECDSA on P-256 with SHA-256, as in JWS (r and s, 32 bytes each).</param>
/// <param name="Signature">Over the receipt's JSON, base64url.</param>
public sealed record SignedReceipt(ErasureReceipt Receipt, string Algorithm, string Signature)
{
    public const string Es256 = "ES256";
}

/// <summary>How receipts are written as JSON.</summary>
// What is not signed must not be shown as if it were: members that a receipt does not have are refused, and those that
// come twice.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(ErasureReceipt))]
[JsonSerializable(typeof(SignedReceipt))]
public sealed partial class ReceiptJson : JsonSerializerContext;
