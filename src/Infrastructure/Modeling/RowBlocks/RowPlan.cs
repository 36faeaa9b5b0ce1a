using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>What workers need beside the histories to make rows of any items.</summary>
/// <param name="Choice">The parameters.</param>
/// <param name="Greatest">The scale of the graph; see <see cref="StreamedGraph.Greatest"/>.</param>
/// <param name="LowRank">V; null for none.</param>
/// <param name="Factors">What is added to rows; null for nothing.</param>
internal sealed record RowPlan(SelectedModel Choice, float Greatest, LowRank? LowRank, RowFactors? Factors);
