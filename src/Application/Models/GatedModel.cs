using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>A model that has been before the gate.</summary>
/// <param name="Model">The model, with what was measured of it.</param>
/// <param name="Verdict">What the gate says.</param>
/// <param name="Expected">The pointer that was compared with; a promotion of the model is conditional on it.</param>
/// <param name="IsCurrent">Whether the model is the current one now.</param>
public sealed record GatedModel(ModelDescription Model, GateVerdict Verdict, ModelPointer Expected, bool IsCurrent);
