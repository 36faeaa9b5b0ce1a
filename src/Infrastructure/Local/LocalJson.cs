using System.Text.Json.Serialization;

namespace Recommendation.Local;

/// <summary>How stored JSON is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LocalJson : JsonSerializerContext;
