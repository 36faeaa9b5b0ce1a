using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

internal static partial class CleanPass
{
    /// <summary>
    /// Asserts that profiles and histories are those of a clean pass; only versions may differ, and
    /// when what was folded.
    /// </summary>
    internal static async Task AssertAsync(World world, IEnumerable<Interaction> log) =>
        await SameAsync(Over(log), await world.ProfilesAsync(), world.Histories);
}
