using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Client.Calls;

namespace Recommendation.Client;

/// <summary>How bodies are written and read, without reflection. What is null is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(RecommendationEvent))]
[JsonSerializable(typeof(SentEvents))]
[JsonSerializable(typeof(IReadOnlyList<Impressions>))]
[JsonSerializable(typeof(SentImpressions))]
[JsonSerializable(typeof(RecommendationList))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(SimilarRequest))]
[JsonSerializable(typeof(CatalogPage))]
[JsonSerializable(typeof(IReadOnlyList<CatalogItem>))]
[JsonSerializable(typeof(ImportedItems))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(UserAttributes))]
[JsonSerializable(typeof(MergeTarget))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, AttributeValue>))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>How bodies are written by hand: only what JSON asks for is escaped.</summary>
    internal static readonly JsonWriterOptions Writer = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
