using System.Text.Json.Serialization;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Local.Files;

namespace Recommendation.Local;

/// <summary>How stored JSON is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true,
    Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(AnyDocument))]
[JsonSerializable(typeof(StoredModelDocument))]
[JsonSerializable(typeof(StoredPointerDocument))]
[JsonSerializable(typeof(LeaseDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(StoredSegmentDocument))]
[JsonSerializable(typeof(SegmentResultDocument))]
[JsonSerializable(typeof(ResultsDocument))]
internal sealed partial class LocalJson : JsonSerializerContext;
