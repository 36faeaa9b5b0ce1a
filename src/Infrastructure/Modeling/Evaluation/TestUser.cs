using Recommendation.Domain.Profiles;

namespace Recommendation.Modeling.Evaluation;

/// <summary>A user to be tested.</summary>
/// <param name="History">What was known of the user.</param>
/// <param name="Relevant">The ids of the items to be found; at least one.</param>
internal sealed record TestUser(UserHistory History, IReadOnlyList<string> Relevant);
