using System.Text.Json.Serialization;

namespace Recommendation.Cli.Output;

/// <param name="Key">The key itself, shown this once; null in a list.</param>
internal sealed record KeyDocument(
    string Id,
    string Role,
    string? Name,
    string CreatedAt,
    string? RevokedAt,
    string? Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Origins = null
);

internal sealed record KeysDocument(IReadOnlyList<KeyDocument> Keys);
