using System.Text.Json.Serialization;
using Recommendation.Application.Batches;

namespace Recommendation.BatchProcessor.Messages;

/// <summary>How invocations are read and answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchInput))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(SegmentAnswer))]
[JsonSerializable(typeof(ResultsDocument))]
internal sealed partial class BatchJson : JsonSerializerContext;
