namespace Recommendation.Modeling.Trainers;

/// <summary>Scores all items for up to 64 histories at once. Not thread-safe.</summary>
internal abstract class HistoryScores
{
    /// <summary>Begins anew with 64 empty histories.</summary>
    public abstract void Clear();

    /// <summary>Adds an item to a history.</summary>
    public abstract void Add(int history, int item, float weight);

    /// <summary>Fills <see cref="Of"/>.</summary>
    public abstract void Compute();

    /// <summary>By item, what was computed for a history; may be overwritten.</summary>
    public abstract Span<float> Of(int history);
}
