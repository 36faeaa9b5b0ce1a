using System.Buffers.Binary;
using System.Text;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Simulator.Checks;

/// <summary>
/// What a profile must be, made from all interactions of a user at once and as plainly as possible. It shares no code
/// with the profile
/// that it is compared with.
/// </summary>
internal sealed class ReferenceProfile
{
    private const int Recent = 3;

    private static readonly string[] s_counted = ["view", "purchase", "like", "refund"];
    private static readonly string[] s_hiding = ["view", "purchase", "like"];

    private readonly List<Interaction> _counted;

    /// <param name="interactions">In the order of the log; copies of an event have its id.</param>
    internal ReferenceProfile(IEnumerable<Interaction> interactions)
    {
        var ids = new HashSet<string>();
        _counted = [.. interactions.Where(one => one.Type.Value != "impression"
            && (one.EventId is not { } id || ids.Add(id.Value)))];
    }

    /// <returns>How the profile differs; null if it does not.</returns>
    internal string? Difference(UserProfile profile, UserMemory memory)
    {
        if (profile.InteractionCount != _counted.Count)
            return $"counts {profile.InteractionCount} interactions instead of {_counted.Count}";
        var counts = string.Join(", ", _counted.GroupBy(one => s_counted.Contains(one.Type.Value) ? one.Type.Value
            : "other")
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"));
        var actual = string.Join(", ", profile.Counts.OrderBy(count => count.Type.Value, StringComparer.Ordinal)
            .Select(count => $"{count.Type.Value} {count.Count}"));
        if (counts != actual)
            return $"counts {actual} instead of {counts}";
        DateTimeOffset? first = _counted.Count == 0 ? null : _counted.Min(one => one.OccurredAt);
        if (profile.FirstInteraction != first)
            return $"begins at {profile.FirstInteraction} instead of {first}";
        return RecentDifference(profile) ?? HistoryDifference(memory);
    }

    private string? RecentDifference(UserProfile profile)
    {
        var expected = _counted.OrderByDescending(one => one.OccurredAt).ThenByDescending(KeyOf)
            .ThenByDescending(one => one.ItemId.Value, StringComparer.Ordinal)
                .ThenByDescending(one => one.Type.Value, StringComparer.Ordinal)
            .Take(Recent).Select(one => $"{one.Type.Value} {one.ItemId} {one.OccurredAt:O}").ToList();
        var actual = profile.Recent.Select(one => $"{one.Type.Value} {one.ItemId} {one.At:O}").ToList();
        return expected.SequenceEqual(actual) ? null
            : $"is newest in [{string.Join("; ", actual)}] instead of [{string.Join("; ", expected)}]";
    }

    private string? HistoryDifference(UserMemory memory)
    {
        var expected = _counted.GroupBy(one => (one.ItemId, one.Type))
            .Select(group =>
                $"{group.Key.ItemId} {group.Key.Type} {group.Count()} {group.Max(one => one.OccurredAt):O}")
            .Order(StringComparer.Ordinal).ToList();
        var actual = memory.History.Select(entry =>
            $"{entry.ItemId} {entry.Type} {entry.Count} {entry.At:O}").Order(StringComparer.Ordinal).ToList();
        if (!expected.SequenceEqual(actual))
            return $"remembers [{string.Join("; ", actual)}] instead of [{string.Join("; ", expected)}]";
        for (var number = 0; number < Scripts.Names.Items; number++)
        {
            var item = ItemId.Parse(Scripts.Names.Item(number));
            var hidden = _counted.Exists(one => one.ItemId == item && s_hiding.Contains(one.Type.Value));
            if (memory.ActedOn.Contains(item) != hidden)
                return hidden ? $"offers {item} again" : $"hides {item} for nothing";
        }
        return memory.IsComplete ? null : "has lost its history";
    }

    private static ulong KeyOf(Interaction interaction)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        var text = Encoding.UTF8.GetBytes(interaction.EventId?.Value ?? "");
        text.AsSpan(0, Math.Min(8, text.Length)).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
