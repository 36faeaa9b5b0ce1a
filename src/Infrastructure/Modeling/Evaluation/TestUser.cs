using Recommendation.Domain.Profiles;

namespace Recommendation.Modeling.Evaluation;

/// <summary>A user to be tested.</summary>
/// <param name="Recent">What was known of the user, newest first.</param>
/// <param name="Relevant">The ids of the items to be found; at least one.</param>
internal sealed record TestUser(IReadOnlyList<RecentInteraction> Recent, IReadOnlyList<string> Relevant);
