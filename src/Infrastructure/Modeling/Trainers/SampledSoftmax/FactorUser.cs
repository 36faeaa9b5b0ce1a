using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>A user of a block: a history in random order, the first part of it shown, the rest hidden.</summary>
internal sealed class FactorUser
{
    public int User { get; private set; }

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are shown; at least one, and one less than all at most.</summary>
    public int Shown { get; private set; }

    public int[] Items { get; private set; } = [];

    public float[] Weights { get; private set; } = [];

    /// <summary>By item that is hidden: how strongly it is drawn towards the user.</summary>
    public float[] Pulls { get; private set; } = [];

    /// <summary>Of the sum of the vectors shown.</summary>
    public float Length { get; set; }

    public void Begin(SparseMatrix histories, int user, double share, Random random)
    {
        var items = histories.IndicesOf(user);
        (User, Count) = (user, items.Length);
        if (Items.Length < Count)
            (Items, Weights, Pulls) = (new int[Count], new float[Count], new float[Count]);
        items.CopyTo(Items);
        histories.ValuesOf(user).CopyTo(Weights);
        for (var last = Count - 1; last > 0; last--)
        {
            var other = random.Next(last + 1);
            (Items[last], Items[other]) = (Items[other], Items[last]);
            (Weights[last], Weights[other]) = (Weights[other], Weights[last]);
        }
        Shown = Math.Clamp((int)Math.Round(Count * share), 1, Count - 1);
    }
}
