using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Simulator.Actors;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Checks;

/// <summary>
/// What must hold once everything has come to rest: profiles are those of the accepted log, nothing accepted is lost,
/// nothing erased is
/// left, and no list offers what it must not.
/// </summary>
internal sealed class FinalCheck(World world)
{
    private Ledger Ledger => world.Ledger;

    internal void Check()
    {
        var log = ReadLog();
        for (var number = 0; number < Names.Users; number++)
        {
            var user = UserId.Parse(Names.User(number));
            var profile = Load(user);
            CheckProfile(user, profile, [.. log.Where(one => one.UserId == user)]);
            CheckErased(user, profile);
            CheckList(user, profile);
        }
        CheckCopies(log);
        CheckAcknowledged();
        CheckQuarantine();
    }

    /// <summary>
    /// An event to which its producer gave an id is known by it alone, or it would count once under each.
    /// </summary>
    private void CheckCopies(List<Interaction> log)
    {
        var given = world.Script.GivenIds();
        foreach (var copies in log.Where(one => given.ContainsKey(one.OccurredAt)).GroupBy(one => one.OccurredAt))
        {
            var ids = copies.Select(one => one.EventId?.Value).Distinct().ToList();
            if (ids.Count > 1)
                world.Report(
                    $"Event {given[copies.Key]} counts {ids.Count} times: the log holds it as "
                        + $"{string.Join(" and ", ids)}."
                );
        }
    }

    private List<Interaction> ReadLog() =>
        world.Target<IInteractionLog>().ReadAsync(after: null, CancellationToken.None).ToBlockingEnumerable().ToList();

    private UserProfile Load(UserId user) =>
        world.Target<IProfileStore>().LoadAsync([user], CancellationToken.None).GetAwaiter().GetResult()
            .GetValueOrDefault(user) ?? UserProfile.New(user);

    private void CheckProfile(UserId user, UserProfile profile, List<Interaction> log)
    {
        var completed = Ledger.Erasures.Where(one => one.User == user && one.CompletedAt is not null).ToList();
        var of = Ledger.Accepted.Where(one => one.Interaction.UserId == user).ToList();
        // What is redriven from before an erasure is erased with it, whenever the log takes it.
        var boundaries = world.Target<IErasures>().ListAsync(includeFinished: true, since: null, CancellationToken.None)
            .ToBlockingEnumerable().Where(one => one.User == user).Select(one => one.Boundary).ToList();
        bool IsRedriven(Interaction one) => boundaries.Exists(boundary => boundary.CoversOrigin(one));
        var kept = of.Where(one => completed.TrueForAll(erasure => one.Step > erasure.CompletedAt))
            .Select(one => one.Interaction).Where(one => !IsRedriven(one)).ToList();
        var erased = of.Where(one => completed.Exists(erasure => one.Step < erasure.BegunAt))
            .Select(one => one.Interaction.Position).ToHashSet();
        if (log.Find(one => erased.Contains(one.Position)) is { } left)
            world.Report($"The log still holds {left.Position} ({left.EventId}) of {user}, who was erased.");
        var isOpen = Ledger.Erasures.Exists(one => one.User == user && one.CompletedAt is null);
        if (!isOpen && kept.Find(one => !log.Exists(other => other.Position == one.Position)) is { } lost)
            world.Report($"The log has lost {lost.Position} ({lost.EventId}) of {user}.");
        if (world.Shards is null && !isOpen && log.Find(IsRedriven) is { } back)
            world.Report($"A redrive brought {back.Position} ({back.EventId}) of {user} back, who was erased.");
        var difference = Compare(profile, [.. log.Where(one => !IsRedriven(one))]);
        if (difference is not null)
            world.Report($"The profile of {user} {difference}.");
    }

    private string? Compare(UserProfile profile, List<Interaction> interactions)
    {
        StoredHistory? history = null;
        if (profile.HistoryKey is { } key)
        {
            history = world.Target<IHistoryStore>().LoadAsync([new HistoryName(profile.UserId, key)],
                CancellationToken.None)
                .GetAwaiter().GetResult().GetValueOrDefault(profile.UserId);
        }
        var memory = UserMemory.Of(profile, history, EventTypeSettings.Default.Hides);
        return new ReferenceProfile(interactions).Difference(profile, memory);
    }

    private void CheckErased(UserId user, UserProfile profile)
    {
        if (!Ledger.Erasures.Exists(one => one.User == user && one.CompletedAt is not null)
            || !Ledger.Tombstones.TryGetValue(user, out var tombstone))
            return;
        var histories = world.Target<IHistoryStore>();
        foreach (var (_, key) in Ledger.Histories.Where(one => one.User == user && one.Key.Version < tombstone - 1
            && one.Key != profile.HistoryKey))
        {
            if (histories.LoadAsync([new HistoryName(user, key)], CancellationToken.None).GetAwaiter().GetResult()
                .Count > 0)
                world.Report($"The history {key} of {user}, who was erased, is still there.");
        }
        if (FindList(user) is { } list && list.ProfileVersion < tombstone)
            world.Report($"The list of {user} is from before the user was erased.");
    }

    private void CheckList(UserId user, UserProfile profile)
    {
        if (FindList(user) is not { } list)
            return;
        if (profile.IsEmpty)
            world.Report($"{user} has a list and no profile.");
        var hidden = profile.Recent.Where(one => EventTypeSettings.Default.Hides(one.Type)).Select(one => one.ItemId)
            .ToHashSet();
        if (list.ProfileVersion == profile.Version && list.Items.FirstOrDefault(item =>
            hidden.Contains(item.ItemId)) is { } offered)
            world.Report($"The list of {user} offers {offered.ItemId}, which is not to be offered again.");
    }

    private Domain.Recommendations.RecommendationList? FindList(UserId user) =>
        world.Target<IRecommendationStore>().FindAsync(user, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>When a rejected record came into the system: into the stream, or by a client into quarantine.</summary>
    private int ArrivalOf(QuarantinedRecord record) => world.Shards is null || IsPosted(record)
        ? Ledger.Quarantined[record.Position][^1].Step
        : Ledger.Rejected.Find(one => one.Record.Position == record.Position).Step;

    private static bool IsPosted(QuarantinedRecord record) => record.Position.Partition == "api";

    /// <summary>The user that could be read, or everybody whom the record names.</summary>
    private static IEnumerable<UserId> UsersOf(QuarantinedRecord record)
    {
        if (record.UserId is { } user)
            return [user];
        var content = Encoding.UTF8.GetString(record.Raw.Span);
        return Enumerable.Range(0, Names.Users).Select(Names.User)
            .Where(name => content.Contains($"\"{name}\"", StringComparison.Ordinal)).Select(UserId.Parse);
    }

    private void CheckAcknowledged()
    {
        var known = Ledger.Accepted.Select(one => one.Interaction.EventId).OfType<EventId>().ToHashSet();
        foreach (var (id, _) in Ledger.Acknowledged)
        {
            if (!known.Contains(id) && !Ledger.Rejected.Exists(one => Encoding.UTF8.GetString(one.Record.Raw.Span)
                .Contains(id.Value, StringComparison.Ordinal)))
                world.Report($"Event {id} was accepted, and is in no log.");
        }
    }

    private void CheckQuarantine()
    {
        var held = world.Target<IQuarantine>().ListAsync(includeSettled: true, CancellationToken.None)
            .ToBlockingEnumerable().ToDictionary(record => record.Position);
        var hasClocks = world.Script.Steps.Any(step => step is ScriptStep.SetClock);
        var swept = world.Shards is null ? [] : world.Target<IErasures>()
            .ListAsync(includeFinished: true, since: null, CancellationToken.None).ToBlockingEnumerable().ToList();
        foreach (var (record, step) in Ledger.Rejected)
        {
            // A sweep has to go by the arrival, and that of what is posted is the time at which its host began with it.
            var at = IsPosted(record) && Ledger.Quarantined.TryGetValue(record.Position, out var times)
                ? times[^1].Step : step;
            var isErased = UsersOf(record).Any(user => at <= Ledger.TakenOut.GetValueOrDefault(user)
                || (IsPosted(record) && swept.Exists(one => one.User == user
                    && (hasClocks || one.Boundary.Covers(record.Position, Ledger.KeptArrivalOf(record, user))))));
            if (!isErased && !held.ContainsKey(record.Position))
                world.Report($"The rejected record {record.Position} is not in quarantine.");
        }
        foreach (var record in held.Values)
        {
            var arrival = ArrivalOf(record);
            foreach (var user in UsersOf(record))
            {
                if (Ledger.Erasures.Exists(one => one.User == user && one.CompletedAt is not null
                    && arrival < one.BegunAt))
                    world.Report($"The quarantine still holds {record.Position} of {user}, who was erased.");
            }
        }
    }
}
