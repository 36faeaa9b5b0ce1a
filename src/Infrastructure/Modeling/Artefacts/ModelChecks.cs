using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Checks the numbers of a model, so that scoring need not check them again.</summary>
internal static class ModelChecks
{
    public static void Offsets(int[] offsets, long entries)
    {
        if (offsets[0] != 0 || offsets[^1] != entries)
            throw new InvalidDataException("The rows of model.bin do not fit its entries.");
        for (var row = 1; row < offsets.Length; row++)
        {
            var length = (long)offsets[row] - offsets[row - 1];
            if (length is < 0 or > BinaryHeader.MaximumRow)
                throw new InvalidDataException(
                    $"Row {row - 1} of model.bin has {length} entries; 0 … {BinaryHeader.MaximumRow} are allowed."
                );
        }
    }

    public static void Weights(ItemWeights weights)
    {
        for (var row = 0; row < weights.Items; row++)
        {
            var previous = -1;
            foreach (var column in weights.ColumnsOf(row))
            {
                if (column <= previous || column >= weights.Items)
                    throw new InvalidDataException(
                        $"Row {row} of model.bin has a column out of order or out of range."
                    );
                previous = column;
            }
        }
        foreach (var value in weights.Values)
        {
            if (!Half.IsFinite(value))
                throw new InvalidDataException("A weight in model.bin is not a finite number.");
        }
    }

    public static void Popularity(float[] popularity)
    {
        foreach (var value in popularity)
        {
            if (!(value >= 0) || !float.IsFinite(value))
                throw new InvalidDataException("A popularity in model.bin is not a finite number from 0.");
        }
    }
}
