using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Simulator.Actors;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Checks;

/// <summary>Every run accounts for every active user: ranked, fallback, failed or skipped.</summary>
internal sealed class RunCheck(World world)
{
    private readonly Dictionary<BatchRunId, HashSet<UserId>> _active = [];
    private readonly Dictionary<BatchRunId, int> _begun = [];

    internal void Saved(BatchRun run)
    {
        if (run.State == BatchState.Planning && run.NextBucket is null)
            (_active[run.Id], _begun[run.Id]) = (Active(run), world.Steps);
        else if (run.State == BatchState.Ranking)
            CheckPlan(run);
        else if (run.State == BatchState.Completed)
            CheckResult(run);
    }

    private void CheckPlan(BatchRun run)
    {
        var users = Users(run).SelectMany(segment => segment).ToList();
        if (users.Count != run.Users || users.Distinct().Count() != users.Count)
            world.Report($"Run {run.Id} planned {run.Users} users, and its segments hold {string.Join(", ", users)}.");
        // Who was erased meanwhile and came back is somebody new, whom the next run ranks.
        var erased = world.Ledger.Erasures.Where(one => one.CompletedAt is not { } end || end >= _begun[run.Id])
            .Select(one => one.User);
        var missed = _active[run.Id].Intersect(Active(run)).Except(users).Except(erased).ToList();
        if (missed.Count > 0)
            world.Report($"Run {run.Id} missed {string.Join(", ", missed)}.");
    }

    private void CheckResult(BatchRun run)
    {
        var results = world.Target<IBatchSegments>().ResultsAsync(run.Id, CancellationToken.None).GetAwaiter()
            .GetResult();
        var sizes = Users(run).Select(segment => segment.Count).ToList();
        if (run.Counts.Active != run.Users)
            world.Report($"Run {run.Id} ended with {run.Counts}, and had {run.Users} users.");
        foreach (var result in results)
        {
            var size = sizes[result.Number - run.FirstSegment];
            if (result.Counts.Active != size)
                world.Report(
                    $"Segment {result.Number} of run {run.Id} ended with {result.Counts}, and had {size} users."
                );
        }
    }

    private List<IReadOnlyList<UserId>> Users(BatchRun run)
    {
        var segments = world.Target<IBatchSegments>();
        return [.. Enumerable.Range(run.FirstSegment, run.Segments)
            .Select(number => segments.UsersAsync(run.Id, number, CancellationToken.None).GetAwaiter().GetResult())];
    }

    /// <summary>Who is active now, and was by the time when the run started.</summary>
    private HashSet<UserId> Active(BatchRun run)
    {
        var users = Enumerable.Range(0, Names.Users).Select(number => UserId.Parse(Names.User(number))).ToList();
        var profiles = world.Target<IProfileStore>().LoadAsync(users, CancellationToken.None).GetAwaiter().GetResult();
        return [.. profiles.Values.Where(profile => profile.LastInteraction >= run.Cutoff
            && profile.LastInteraction <= run.StartedAt).Select(profile => profile.UserId)];
    }
}
