using System.Text.Json.Serialization;
using Recommendation.AdminApi.Batches;
using Recommendation.AdminApi.Health;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Models;
using Recommendation.AdminApi.Overview;
using Recommendation.AdminApi.Quarantine;
using Recommendation.AdminApi.Users;

namespace Recommendation.AdminApi.Http;

/// <summary>How bodies are read and written, without reflection. Absent values are null, never left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(AppendedDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(UserDocument))]
[JsonSerializable(typeof(ItemDocument))]
[JsonSerializable(typeof(BatchesDocument))]
[JsonSerializable(typeof(BatchDetailDocument))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(ModelsDocument))]
[JsonSerializable(typeof(PointerDocument))]
[JsonSerializable(typeof(QuarantineDocument))]
[JsonSerializable(typeof(OverviewDocument))]
[JsonSerializable(typeof(ExplanationDocument))]
[JsonSerializable(typeof(WhatIfBody))]
[JsonSerializable(typeof(PreviewDocument))]
internal sealed partial class ApiJson : JsonSerializerContext;
