using Recommendation.Simulator.Fuzzing;

namespace Recommendation.Simulation.Tests;

/// <summary>
/// Decoders of what comes from outside or was stored: refused as promised, within limits of memory and time.
/// </summary>
public sealed class FuzzTests
{
    private const int Inputs = 1_500;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_input_is_decoded_or_refused_as_promised(string name)
    {
        var target = FuzzTargets.All.Single(one => one.Name == name);
        var (_, problem) = FuzzRun.Run(target, seed: 1, Inputs);
        Assert.True(problem is null, problem);
    }

    [Fact]
    public void A_decoder_that_breaks_is_found()
    {
        var careless = new FuzzTarget("careless", [[3, 1, 2, 3]], input => GC.KeepAlive(input[input[0]]));
        Assert.Contains("IndexOutOfRange", FuzzRun.Run(careless, seed: 1, Inputs).Problem, StringComparison.Ordinal);
        var hungry = new FuzzTarget("hungry", [[0]], input =>
            GC.KeepAlive(new byte[input.Length << 20]))
        { MaximumAllocated = 8 << 20 };
        Assert.Contains("allocated", FuzzRun.Run(hungry, seed: 1, Inputs).Problem, StringComparison.Ordinal);
    }
}
