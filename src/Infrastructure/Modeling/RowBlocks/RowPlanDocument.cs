using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>What all workers must agree on.</summary>
/// <param name="FormatVersion">The version of the folder's files.</param>
/// <param name="AsOf">Later events are left out.</param>
/// <param name="Events">The events that count: another history file has others.</param>
/// <param name="Items">How many rows there are.</param>
/// <param name="NewestMilliseconds">When the newest event happened.</param>
/// <param name="Parameters">The parameters as in a manifest.</param>
/// <param name="Ndcg">The NDCG@20 of the search; null without one.</param>
internal sealed record RowPlanDocument(
    int FormatVersion,
    DateTimeOffset AsOf,
    long Events,
    int Items,
    long NewestMilliseconds,
    SortedDictionary<string, double> Parameters,
    double? Ndcg)
{
    public const int CurrentFormat = 1;

    public float Greatest { get; init; }

    public float Factor { get; init; }

    public int Rank { get; init; }

    public int Planes { get; init; }

    /// <summary>The checksum of the arrays.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The checksum of the stored plan, which its rows name; empty before it is stored.</summary>
    [JsonIgnore]
    public string Id { get; private init; } = "";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RowPlanJson.Default.RowPlanDocument);

    /// <returns>Null if it is damaged or of another version.</returns>
    public static RowPlanDocument? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, RowPlanJson.Default.RowPlanDocument)
                is { FormatVersion: CurrentFormat, Parameters: not null, Items: > 0 } plan
                ? plan with { Id = Convert.ToHexStringLower(SHA256.HashData(bytes)) } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RowPlanDocument))]
internal sealed partial class RowPlanJson : JsonSerializerContext;
