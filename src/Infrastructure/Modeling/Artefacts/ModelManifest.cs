using System.Text.Json.Serialization;
using Recommendation.Domain;

namespace Recommendation.Modeling.Artefacts;

/// <summary>What <c>manifest.json</c> says of a model. Times are UTC in the format of <see cref="Timestamps"/>.</summary>
internal sealed record ModelManifest
{
    /// <summary>
    /// The newest format that this version reads, and the one it writes: since 2 order and repeats can count, since 3 the event
    /// types are recorded.
    /// </summary>
    public const int CurrentFormat = 3;

    /// <summary>The oldest format that this version reads.</summary>
    public const int OldestFormat = 1;

    /// <summary>The first format that records the event types.</summary>
    public const int EventTypesSince = 3;

    public required int FormatVersion { get; init; }

    public required string ModelVersion { get; init; }

    public required string Trainer { get; init; }

    /// <summary>The time as of which it was trained.</summary>
    public required string Created { get; init; }

    public required ManifestData Data { get; init; }

    public required SortedDictionary<string, double> Parameters { get; init; }

    /// <summary>What each type of event meant in the training; null before <see cref="EventTypesSince"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, ManifestEventType>? EventTypes { get; init; }

    public required SortedDictionary<string, double> Metrics { get; init; }

    public required ManifestBinary Binary { get; init; }
}

/// <summary>The data that a model was trained on.</summary>
/// <param name="From">When the oldest interaction happened.</param>
/// <param name="To">When the newest interaction happened.</param>
internal sealed record ManifestData(string From, string To, int Users, int Items, long Interactions);

/// <summary>What <c>model.bin</c> must be.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
internal sealed record ManifestBinary(long Bytes, string Sha256);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ManifestFormat))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>The one field that every format has, read first, so that a newer one is named rather than called damaged.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ManifestFormat(int FormatVersion);
