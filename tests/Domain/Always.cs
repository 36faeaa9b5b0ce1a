using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Recommendation.Domain.Tests;

/// <summary>Checks a property on generated cases, the same ones in each run; a failure prints the case.</summary>
internal static class Always
{
    private const ulong Seed = 20260301;

    internal static void Holds<T>(Gen<T> cases, Action<T> property, int times = 300) =>
        Check.One(Settings(times), Prop.ForAll(cases.ToArbitrary(), property));

    private static Config Settings(int times) => Config.QuickThrowOnFailure
        .WithMaxTest(times)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)))
        .WithQuietOnSuccess(true);
}
