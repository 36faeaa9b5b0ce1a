namespace Recommendation.Modeling.Linear;

/// <summary>Turns a block of 64 columns into 64 rows.</summary>
internal static class BlockRows
{
    private const int Width = BlockProduct.Width;
    private const int Tile = 16; // rows of a tile: one cache line of each target row

    /// <param name="block">Rows of 64.</param>
    /// <param name="target">Takes 64 rows, one after the other, each as long as the block is high.</param>
    public static void Transpose(float[] block, float[] target)
    {
        var rows = block.Length / Width;
        for (var start = 0; start < rows; start += Tile)
        {
            var end = Math.Min(rows, start + Tile);
            for (var column = 0; column < Width; column++)
            {
                var to = target.AsSpan((column * rows) + start, end - start);
                var from = block.AsSpan((start * Width) + column);
                for (var row = 0; row < to.Length; row++)
                    to[row] = from[row * Width];
            }
        }
    }
}
