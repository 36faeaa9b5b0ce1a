using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>What users came to after a time: kept from the models that are measured with it.</summary>
/// <param name="Start">What happened until then may have been trained on.</param>
/// <param name="Through">When the newest interaction of the holdout happened.</param>
/// <param name="Users">Those who came to an item after it, for the first time unless repeats are recommended.</param>
internal sealed record Holdout(DateTimeOffset Start, DateTimeOffset Through, IReadOnlyList<HeldOutUser> Users)
{
    /// <summary>Whether there are enough users to tell models apart.</summary>
    internal bool IsTelling => Users.Count >= ModelGate.FewestUsers;
}
