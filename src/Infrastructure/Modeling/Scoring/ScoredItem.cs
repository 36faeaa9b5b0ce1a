using System.Runtime.CompilerServices;

namespace Recommendation.Modeling.Scoring;

/// <summary>An item's number, its score, and the history items that contributed most, greatest first.</summary>
internal struct ScoredItem
{
    public int Item { get; init; }

    public float Score { get; init; }

    public Reasons Because;
}

/// <summary>
/// Up to three history items and what they contributed; kept in order of the contribution, earlier
/// ones first among equals.
/// </summary>
internal struct Reasons
{
    public const int Capacity = 3;

    private Contributions _amounts;
    private Numbers _items;

    public int Count { get; private set; }

    public readonly int this[int place] => _items[place];

    public void Offer(int item, float amount)
    {
        if (Count == Capacity && amount <= _amounts[Capacity - 1])
            return;
        var place = Count < Capacity ? Count++ : Capacity - 1;
        for (; place > 0 && _amounts[place - 1] < amount; place--)
        {
            _amounts[place] = _amounts[place - 1];
            _items[place] = _items[place - 1];
        }
        _amounts[place] = amount;
        _items[place] = item;
    }

    [InlineArray(Capacity)]
    private struct Contributions
    {
        private float _first;
    }

    [InlineArray(Capacity)]
    private struct Numbers
    {
        private int _first;
    }
}
