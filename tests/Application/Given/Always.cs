using FsCheck;
using FsCheck.Fluent;

namespace Recommendation.Application.Tests.Given;

/// <summary>Checks a property on generated cases, the same ones in each run; a failure names the case.</summary>
internal static class Always
{
    private const int Size = 100;

    internal static async Task HoldsAsync<T>(Gen<T> cases, Func<T, Task> property, int times = 100)
    {
        foreach (var one in cases.Sample(Size, new Rnd(20260301), times))
        {
            try
            {
                await property(one);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException(
                    $"The property does not hold for {one}: {problem.Message}",
                    problem
                );
            }
        }
    }
}
