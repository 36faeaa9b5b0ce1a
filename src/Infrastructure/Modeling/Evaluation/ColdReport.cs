namespace Recommendation.Modeling.Evaluation;

/// <summary>How well items without any interaction are found by their content.</summary>
public sealed record ColdReport
{
    /// <summary>k: how long the lists were.</summary>
    public required int Cutoff { get; init; }

    /// <summary>How many items were hidden.</summary>
    public required int HiddenItems { get; init; }

    /// <summary>How many of the hidden items the model placed by their content.</summary>
    public required int PlacedItems { get; init; }

    /// <summary>Lists of hidden items only, by content. Users with a history who came to a hidden item.</summary>
    public required QualityFigures Content { get; init; }

    /// <summary>The same items in a random order for each user.</summary>
    public required QualityFigures Random { get; init; }

    /// <summary>The same items, the newest first.</summary>
    public required QualityFigures NewestFirst { get; init; }

    /// <summary>Lists of all items, in which hidden ones are to be found.</summary>
    public required QualityFigures AmongAll { get; init; }

    /// <summary>Lists of all items, in which visible ones are to be found: the newest interactions with them.</summary>
    public required QualityFigures Warm { get; init; }

    /// <summary>The same of a model that was trained without content.</summary>
    public required QualityFigures WarmWithout { get; init; }

    /// <summary>How much higher the NDCG with content is, user by user, with 95 % confidence.</summary>
    public required Interval WarmGain { get; init; }

    /// <summary>The parameters that the training chose, by name.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>How much each kind of attribute says; empty if content says nothing.</summary>
    public required IReadOnlyDictionary<string, double> Kinds { get; init; }

    /// <summary>Seconds that the training with content took.</summary>
    public required double TrainSeconds { get; init; }
}
