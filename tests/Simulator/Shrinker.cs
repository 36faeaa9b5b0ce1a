using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator;

/// <summary>Makes a script that fails as short as it can be. The same script always shrinks to the same one.</summary>
internal sealed class Shrinker(Simulation simulation)
{
    /// <summary>
    /// How many schedules are tried for a shorter script: what is left out changes every decision after it.
    /// </summary>
    private const int Schedules = 24;

    private const int MaximumRuns = 8_000;

    private int _runs;

    /// <returns>The shortest script found, and what is wrong in it.</returns>
    internal (Script Script, string Violation) Shrink(Script script, string violation)
    {
        var best = (Script: script, Violation: violation);
        for (var improved = true; improved && _runs < MaximumRuns;)
        {
            improved = false;
            foreach (var candidate in Shorter(best.Script))
            {
                if (_runs >= MaximumRuns)
                    break;
                if (Failing(candidate) is not { } failing)
                    continue;
                best = failing;
                improved = true;
                break;
            }
        }
        return best;
    }

    private (Script Script, string Violation)? Failing(Script candidate)
    {
        for (var i = 0; i < Schedules; i++, _runs++)
        {
            var tried = i == 0 ? candidate : candidate with { Schedule = candidate.Schedule + (ulong)i };
            if (simulation.Run(tried) is { } violation)
                return (tried, violation);
        }
        return null;
    }

    private static IEnumerable<Script> Shorter(Script script)
    {
        var steps = script.Steps;
        for (var half = steps.Count / 2; half > 1; half /= 2)
        {
            for (var from = 0; from + half <= steps.Count; from += half)
                yield return script with { Steps = [.. steps.Take(from), .. steps.Skip(from + half)] };
        }
        for (var place = steps.Count - 1; place >= 0; place--)
            yield return script with { Steps = [.. steps.Take(place), .. steps.Skip(place + 1)] };
        if (script.FaultsPerThousand > 0)
            yield return script with { FaultsPerThousand = 0 };
        for (var place = 0; place < steps.Count; place++)
        {
            foreach (var shorter in Shorter(steps[place]))
                yield return script with { Steps = [.. steps.Take(place), shorter, .. steps.Skip(place + 1)] };
        }
    }

    private static IEnumerable<ScriptStep> Shorter(ScriptStep step)
    {
        var events = step switch { ScriptStep.Send send => send.Events, ScriptStep.Put put => put.Events, _ => [] };
        for (var place = 0; events.Count > 1 && place < events.Count; place++)
        {
            IReadOnlyList<SentEvent> fewer = [.. events.Take(place), .. events.Skip(place + 1)];
            yield return step is ScriptStep.Send send ? send with { Events = fewer }
                : (ScriptStep.Put)step with { Events = fewer };
        }
    }
}
