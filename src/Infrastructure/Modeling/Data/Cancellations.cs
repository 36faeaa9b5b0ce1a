using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Data;

/// <summary>
/// Records which events may cancel others or be cancelled, with two bytes per event, and sets the weights of cancelled
/// events to 0. Costs nothing if no type cancels another.
/// </summary>
internal sealed class Cancellations
{
    private readonly EventTypeSettings _types;
    private readonly InteractionType[] _concerned;
    private readonly List<ushort> _numbers = [];
    private bool _any;

    public Cancellations(EventTypeSettings types)
    {
        _types = types;
        _concerned =
        [
            .. types
                .Types.Where(pair => pair.Value.Cancels is not null)
                .SelectMany(pair => (InteractionType[])[pair.Key, pair.Value.Cancels!.Value])
                .Distinct(),
        ];
    }

    /// <summary>Adds the type of the next event.</summary>
    public void Add(InteractionType type)
    {
        if (!_types.HasCancellations)
            return;
        var canonical = _types.Canonical(type);
        _numbers.Add((ushort)(Array.IndexOf(_concerned, canonical) + 1));
        _any |= _types.CancelledBy(canonical) is not null;
    }

    /// <summary>Takes the weight of events away from what they cancel, and from themselves.</summary>
    public void ApplyTo(List<TrainingEvent[]> chunks, int chunkLength, CancellationToken cancellationToken)
    {
        if (!_any)
            return;
        foreach (var places in PlacesByPair(chunks, chunkLength, cancellationToken))
        {
            // Newest first. At the same time, the event that cancels comes after what it cancels.
            places.Sort((one, other) => Compare(At(one), TypeOf(one), At(other), TypeOf(other)));
            var events = places.Select(place => new WeighedEvent(0, TypeOf(place), At(place).Weight)).ToArray();
            WeighedEvent.Cancel(events, _types);
            for (var i = 0; i < events.Length; i++)
                At(places[i]) = At(places[i]) with { Weight = (float)events[i].Weight };
        }

        ref TrainingEvent At(int place) => ref chunks[place / chunkLength][place % chunkLength];
    }

    /// <summary>The places of the events of each user and item with anything that cancels.</summary>
    private Dictionary<(int User, int Item), List<int>>.ValueCollection PlacesByPair(
        List<TrainingEvent[]> chunks,
        int chunkLength,
        CancellationToken cancellationToken
    )
    {
        var pairs = new Dictionary<(int User, int Item), List<int>>();
        for (var place = 0; place < _numbers.Count; place++)
        {
            if (_numbers[place] > 0 && _types.CancelledBy(TypeOf(place)) is not null)
                pairs.TryAdd(PairOf(place), []);
        }
        cancellationToken.ThrowIfCancellationRequested();
        for (var place = 0; place < _numbers.Count; place++)
        {
            if (_numbers[place] > 0 && pairs.TryGetValue(PairOf(place), out var places))
                places.Add(place);
        }
        return pairs.Values;

        (int User, int Item) PairOf(int place)
        {
            ref readonly var one = ref chunks[place / chunkLength][place % chunkLength];
            return (one.User, one.Item);
        }
    }

    private InteractionType TypeOf(int place) => _concerned[_numbers[place] - 1];

    private int Compare(in TrainingEvent one, InteractionType type, in TrainingEvent other, InteractionType otherType)
    {
        var order = other.Milliseconds.CompareTo(one.Milliseconds);
        if (order == 0)
            order = (_types.CancelledBy(otherType) is not null).CompareTo(_types.CancelledBy(type) is not null);
        if (order == 0)
            order = type.CompareTo(otherType);
        return order == 0 ? one.Weight.CompareTo(other.Weight) : order;
    }
}
