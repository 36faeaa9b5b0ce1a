using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Data;

/// <summary>
/// Reads a stream of interactions once and converts ids to numbers. The result does not depend on the order of the
/// interactions. Events without a weight and cancelled events are left out.
/// </summary>
internal sealed class InteractionReader(EventTypeSettings types)
{
    private const int ChunkLength = 1 << 16;

    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly List<TrainingEvent[]> _chunks = [];
    private readonly Cancellations _cancellations = new(types);
    private int _inLastChunk = ChunkLength;

    /// <summary>The interactions of types that the settings do not name.</summary>
    public UnnamedTypes Unnamed { get; } = new();

    /// <summary>All interactions read, those without a weight included.</summary>
    public long Read { get; private set; }

    private long Count => ((long)(_chunks.Count - 1) * ChunkLength) + _inLastChunk;

    /// <summary>Reads what happened until the time given; later interactions are left out.</summary>
    public async Task<TrainingEvents> ReadAsync(
        IAsyncEnumerable<Interaction> interactions, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await foreach (var interaction in interactions.WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (interaction.OccurredAt <= asOf)
                Add(interaction);
        }
        return Group(cancellationToken);
    }

    internal void Add(Interaction interaction)
    {
        Read++;
        if (!types.IsKnown(interaction.Type))
            Unnamed.Add(interaction.Type);
        var weight = (float)types.WeightOf(interaction.Type, interaction.Value);
        if (weight == 0)
            return;
        var one = new TrainingEvent(
            NumberOf(_users, interaction.UserId.Value),
            NumberOf(_items, interaction.ItemId.Value),
            interaction.OccurredAt.ToUnixTimeMilliseconds(),
            weight,
            checked((ushort)NumberOf(_types, interaction.Type.Value)));
        if (_inLastChunk == ChunkLength)
        {
            _chunks.Add(new TrainingEvent[ChunkLength]);
            _inLastChunk = 0;
        }
        _chunks[^1][_inLastChunk++] = one;
        _cancellations.Add(interaction.Type);
    }

    /// <summary>
    /// Numbers users, items and types in the order of their ids, and sorts the events by user and time.
    /// </summary>
    internal TrainingEvents Group(CancellationToken cancellationToken)
    {
        _cancellations.ApplyTo(_chunks, ChunkLength, cancellationToken);
        var (userIds, userNumbers) = Ordered(_users);
        cancellationToken.ThrowIfCancellationRequested();
        var (itemIds, itemNumbers) = Ordered(_items);
        var (_, typeNumbers) = Ordered(_types);
        cancellationToken.ThrowIfCancellationRequested();
        var offsets = Offsets(userNumbers);
        var events = new TrainingEvent[offsets[^1]];
        var next = offsets.AsSpan(0, userNumbers.Length).ToArray();
        foreach (var one in All())
        {
            var user = userNumbers[one.User];
            events[next[user]++] = one with
            {
                User = user,
                Item = itemNumbers[one.Item],
                Type = (ushort)typeNumbers[one.Type],
            };
        }
        for (var user = 0; user < userNumbers.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            events.AsSpan(offsets[user]..offsets[user + 1]).Sort();
        }
        return new TrainingEvents(itemIds, userIds, offsets, events);
    }

    private int[] Offsets(int[] userNumbers)
    {
        var offsets = new int[userNumbers.Length + 1];
        foreach (var one in All())
            offsets[userNumbers[one.User] + 1]++;
        for (var user = 0; user < userNumbers.Length; user++)
            offsets[user + 1] = checked(offsets[user] + offsets[user + 1]);
        return offsets;
    }

    private IEnumerable<TrainingEvent> All()
    {
        var count = Count;
        foreach (var chunk in _chunks)
        {
            for (var i = 0; i < ChunkLength && count > 0; i++, count--)
            {
                if (chunk[i].Weight != 0)
                    yield return chunk[i];
            }
        }
    }

    private static int NumberOf(Dictionary<string, int> numbers, string id)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            numbers,
            id,
            out var exists
        );
        if (!exists)
            number = numbers.Count - 1;
        return number;
    }

    private static (string[] Ids, int[] Numbers) Ordered(Dictionary<string, int> byArrival)
    {
        var ids = new string[byArrival.Count];
        foreach (var (id, number) in byArrival)
            ids[number] = id;
        var arrival = new int[ids.Length];
        for (var i = 0; i < arrival.Length; i++)
            arrival[i] = i;
        Array.Sort(ids, arrival, StringComparer.Ordinal);
        var numbers = new int[ids.Length];
        for (var place = 0; place < arrival.Length; place++)
            numbers[arrival[place]] = place;
        return (ids, numbers);
    }
}
