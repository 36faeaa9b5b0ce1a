namespace Recommendation.Modeling.Factors;

/// <summary>
/// Two vectors of each item: p as a part of a history, and t, of length 1, as something to find. A history scores an item by
/// <c>(Σ_h q_h p_h) · t_j</c>, so the factors are a matrix of weights between items, <c>P Tᵀ</c>, and go into the same rows as all else.
/// Stored by planes of 64 numbers, each plane items × 64.
/// </summary>
/// <param name="Sources">P.</param>
/// <param name="Targets">T.</param>
internal sealed record ItemFactors(float[][] Sources, float[][] Targets);
