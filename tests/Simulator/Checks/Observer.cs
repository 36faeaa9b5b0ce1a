using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Simulator.Actors;
using Recommendation.Simulator.Scheduling;

namespace Recommendation.Simulator.Checks;

/// <summary>Looks at every effect when it takes place.</summary>
internal sealed class Observer(World world)
{
    private readonly RunCheck _runs = new(world);

    internal void Saw(CallOrigin site, object?[] arguments, object? answer)
    {
        switch (arguments.FirstOrDefault(), answer)
        {
            case (IReadOnlyList<Interaction> interactions,
                IReadOnlyList<AppendOutcome> outcomes) when world.Shards is null:
                for (var i = 0; i < outcomes.Count; i++)
                {
                    if (!outcomes[i].IsDuplicate)
                        world.Ledger.Accept(interactions[i] with { Position = outcomes[i].Position }, world.Steps);
                }
                break;
            case (IReadOnlyList<UserProfile> profiles, IReadOnlyList<SaveOutcome> outcomes):
                for (var i = 0; i < outcomes.Count; i++)
                    Saved(site, profiles[i], outcomes[i]);
                break;
            case (IReadOnlyList<NamedHistory> histories, _) when site.Method == nameof(IHistoryStore.PutAsync):
                foreach (var history in histories)
                    world.Ledger.Histories.Add((history.Name.UserId, history.Name.Key));
                break;
            case (IReadOnlyList<QuarantinedRecord> records, _) when site.Method == nameof(IQuarantine.AddAsync):
                foreach (var record in records)
                    world.Ledger.Quarantine(record, world.Steps);
                break;
            case (ErasureWork { IsSweep: false } work, _) when site.Port == nameof(IQuarantine):
                world.Ledger.TakenOut[work.User] = world.Steps;
                break;
            case (BatchRun asked, BatchRun inForce) when asked == inForce:
                _runs.Saved(inForce);
                break;
        }
    }

    /// <summary>Checks that profiles have counted interactions, or that these are of an erased user.</summary>
    internal void CheckApplied(IEnumerable<Interaction> interactions)
    {
        var profiles = world.Target<IProfileStore>();
        foreach (var interaction in interactions)
        {
            if (interaction.Type == InteractionType.Impression)
                continue;
            var profile = profiles.LoadAsync([interaction.UserId], CancellationToken.None).GetAwaiter().GetResult()
                .GetValueOrDefault(interaction.UserId);
            var mark = profile?.Marks.FirstOrDefault(one => one.Partition == interaction.Position.Partition);
            if (mark is { Partition: not null } known && known.Covers(interaction.Position))
                continue;
            if (profile?.Erasure?.Covers(interaction) == true)
                continue;
            world.Report(
                $"{interaction.Position} is valid, and was not applied by a delivery in which only the quarantine "
                    + "failed."
            );
        }
    }

    private void Saved(CallOrigin site, UserProfile profile, SaveOutcome outcome)
    {
        if (outcome.Status == SaveStatus.Conflict && site.Request is { } trace)
            trace.HadConflict = true;
        if (outcome.Status == SaveStatus.Saved && profile is { IsEmpty: true, ErasedAt: not null })
            world.Ledger.Tombstones[profile.UserId] = profile.Version + 1;
        if (outcome.Status == SaveStatus.Saved && profile.InteractionCount > world.Ledger.EventsOf(profile.UserId))
            world.Report(
                $"The profile of {profile.UserId} counts {profile.InteractionCount} interactions; the log took "
                    + $"{world.Ledger.EventsOf(profile.UserId)}."
            );
    }
}
