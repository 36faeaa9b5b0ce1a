using System.Text.Json.Serialization;
using Recommendation.Application.Batches;

namespace Recommendation.BatchProcessor.Messages;

/// <summary>How invocations are read and answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(BatchInput))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(SegmentAnswer))]
[JsonSerializable(typeof(ResultsDocument))]
[JsonSerializable(typeof(GateAnswer))]
[JsonSerializable(typeof(MeasureAnswer))]
[JsonSerializable(typeof(TrainingInputAnswer))]
[JsonSerializable(typeof(TrainAnswer))]
[JsonSerializable(typeof(PopularAnswer))]
[JsonSerializable(typeof(FeedbackAnswer))]
[JsonSerializable(typeof(CompactAnswer))]
[JsonSerializable(typeof(EraseAnswer))]
[JsonSerializable(typeof(PromoteAnswer))]
internal sealed partial class BatchJson : JsonSerializerContext;
