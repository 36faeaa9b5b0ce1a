using System.Text.Json.Serialization;

namespace Recommendation.AdminApi.Security;

/// <summary>What is stored of a key.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Sha256">Of the whole key, as hexadecimal text.</param>
/// <param name="Origins">The origins whose pages may use a key of the role browser; null for other roles.</param>
public sealed record ApiKey(
    string Id, Role Role, string? Name, string CreatedAt, string? RevokedAt, string Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Origins = null);

internal sealed record KeysDocument(int Version, IReadOnlyList<ApiKey> Keys)
{
    internal const int Current = 1;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(KeysDocument))]
internal sealed partial class KeysJson : JsonSerializerContext;
