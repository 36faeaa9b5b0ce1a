using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

internal static partial class CleanPass
{
    /// <summary>Asserts that the stored profiles are those of a clean pass; only versions may differ.</summary>
    internal static async Task AssertAsync(World world, IEnumerable<Interaction> log) => Same(Over(log), await world.ProfilesAsync());
}
