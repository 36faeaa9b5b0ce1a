using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>How documents are written to the bucket.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(StoredModelDocument))]
[JsonSerializable(typeof(StoredPointerDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(LeaseDocument))]
[JsonSerializable(typeof(StoredSegmentDocument))]
[JsonSerializable(typeof(SegmentResultDocument))]
[JsonSerializable(typeof(SegmentResultPageDocument))]
[JsonSerializable(typeof(SegmentReference[]))]
[JsonSerializable(typeof(ResultsDocument))]
[JsonSerializable(typeof(QuarantineDocument))]
[JsonSerializable(typeof(ReceiptKeyDocument))]
[JsonSerializable(typeof(PublicReceiptKeyDocument))]
[JsonSerializable(typeof(PopularWindowDocument))]
[JsonSerializable(typeof(RecommendationIdKeyDocument))]
[JsonSerializable(typeof(ListConfigurationDocument))]
[JsonSerializable(typeof(ExperimentsDocument))]
[JsonSerializable(typeof(FeedbackPartDocument))]
[JsonSerializable(typeof(FeedbackProgressDocument))]
internal sealed partial class S3Json : JsonSerializerContext
{
    /// <summary>The layout of documents that have not changed since the first one.</summary>
    internal const int Format = StoredFormat.First;

    internal static byte[] Write<T>(T document, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(document, type);

    /// <exception cref="StoredFormatException">The document is damaged or of a later version.</exception>
    internal static T Read<T>(byte[] body, JsonTypeInfo<T> type, string key)
        where T : class, IStoredDocument
    {
        try
        {
            var document =
                JsonSerializer.Deserialize(body, type) ?? throw new StoredFormatException($"Object '{key}' is empty.");
            return document.FormatVersion >= 1 && document.FormatVersion <= T.Newest
                ? document
                : throw new StoredFormatException(
                    $"Object '{key}' is of format {document.FormatVersion}; this version reads "
                        + $"{(T.Newest == 1 ? "format 1" : $"formats 1 to {T.Newest}")}. Use the version that wrote it."
                );
        }
        catch (JsonException problem)
        {
            throw new StoredFormatException($"Object '{key}' is damaged: {problem.Message}", problem);
        }
    }
}
