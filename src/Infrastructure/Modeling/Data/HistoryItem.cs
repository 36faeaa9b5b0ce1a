namespace Recommendation.Modeling.Data;

/// <summary>An item of a history and what it weighs (q_h); negative for a disliked one.</summary>
internal readonly record struct HistoryItem(int Item, float Weight);
