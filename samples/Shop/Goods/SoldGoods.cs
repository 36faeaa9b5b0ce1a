namespace Shop.Goods;

/// <summary>The purchases of the sample, oldest first, as if the last one was made when the shop started.</summary>
internal sealed class SoldGoods
{
    private readonly TimeSpan _shift;

    internal SoldGoods(IReadOnlyList<SoldLine> lines, DateTimeOffset start)
    {
        Lines = [.. lines.OrderBy(line => line.At).ThenBy(line => line.Number)];
        _shift = start - Lines[^1].At;
    }

    internal IReadOnlyList<SoldLine> Lines { get; }

    internal DateTimeOffset Now(SoldLine line) => line.At + _shift;
}
