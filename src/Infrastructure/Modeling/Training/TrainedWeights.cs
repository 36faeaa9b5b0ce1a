using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Selection;

namespace Recommendation.Modeling.Training;

/// <summary>Weights, and the parameters that they were trained with.</summary>
/// <param name="Weights">W, with the transitions in it.</param>
/// <param name="Choice">The trainer and its parameters.</param>
/// <param name="RepeatBonus">ρ in units of the weights.</param>
internal sealed record TrainedWeights(ItemWeights Weights, SelectedModel Choice, double RepeatBonus);
