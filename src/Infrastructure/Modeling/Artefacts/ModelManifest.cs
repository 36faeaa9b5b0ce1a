using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// What <c>manifest.json</c> says of a model. Times are UTC in the format of <see cref="Timestamps"/>.
/// </summary>
internal sealed record ModelManifest
{
    /// <summary>
    /// The newest format that this version reads, and the one it writes: since 2 order and repeats can count, since 3
    /// the event types are recorded and a model can be refitted from a measured candidate, since 4 there can be
    /// content. Models without content are written in format 3, so that earlier versions read them.
    /// </summary>
    public const int CurrentFormat = 4;

    /// <summary>The first format in which a model can have content.</summary>
    public const int ContentSince = 4;

    /// <summary>
    /// The oldest format that this version reads: a model in which order and repeats, which count since 2, did not.
    /// </summary>
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

    /// <summary>What was measured; of the candidate where the model was refitted.</summary>
    public required SortedDictionary<string, double> Metrics { get; init; }

    /// <summary>
    /// Which candidate has the model's parameters and was measured in its place; absent where the model itself was.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestRefit? Refit { get; init; }

    public required ManifestBinary Binary { get; init; }

    /// <summary>The content of the items; absent where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestContent? Content { get; init; }
}

/// <summary>The data that a model was trained on.</summary>
/// <param name="From">When the oldest interaction happened.</param>
/// <param name="To">When the newest interaction happened.</param>
internal sealed record ManifestData(string From, string To, int Users, int Items, long Interactions);

/// <summary>Where a refitted model's parameters and figures come from.</summary>
/// <param name="Candidate">The version of the model that was measured.</param>
/// <param name="MeasuredAfter">What happened until then the candidate was trained on; it was measured
/// on what happened later.</param>
/// <param name="MeasuredThrough">When the newest interaction that it was measured on happened.</param>
internal sealed record ManifestRefit(string Candidate, string MeasuredAfter, string MeasuredThrough)
{
    public static ManifestRefit From(RefitSource source) => new(
        source.Candidate.Value, Timestamps.Format(source.MeasuredAfter), Timestamps.Format(source.MeasuredThrough));

    /// <exception cref="InvalidDataException">A time is invalid.</exception>
    public RefitSource ToSource() =>
        new(Domain.Models.ModelVersion.Parse(Candidate), TimeOf(MeasuredAfter), TimeOf(MeasuredThrough));

    private static DateTimeOffset TimeOf(string text) =>
        Timestamps.Parse(text) ?? throw new InvalidDataException($"'{text}' in the manifest is not a time.");
}

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

/// <summary>
/// The one field that every format has, read first, so that a newer one is named rather than called damaged.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ManifestFormat(int FormatVersion);
