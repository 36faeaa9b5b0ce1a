namespace Recommendation.Client;

/// <summary>What every list can be asked for.</summary>
public abstract record ListOptions
{
    private protected ListOptions()
    {
    }

    /// <summary>How many items to give at most, 1–1,000; null for 10, or for what the scenario says.</summary>
    public int? Count { get; init; }

    /// <summary>Ids of items to leave out; at most 500.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Categories of which an item must have one; empty for any. At most 50.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>What a list of a user can be asked for.</summary>
public sealed record UserListOptions : ListOptions
{
    /// <summary>The scenario; null for none.</summary>
    public string? Scenario { get; init; }

    /// <summary>Properties and attributes of the catalogue to give with each item; at most 32.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Whether to give the reasons; null for yes.</summary>
    public bool? Explain { get; init; }

    /// <summary>True if nobody is shown the list, so that it does not count.</summary>
    public bool? Preview { get; init; }

    /// <summary><see cref="RecommendationList.Next"/> of the page before; null for the first one.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What a list of similar items can be asked for.</summary>
public sealed record SimilarListOptions : ListOptions
{
    /// <summary>What makes items similar: <c>behaviour</c>, <c>content</c> or <c>both</c>; null for both.</summary>
    public string? By { get; init; }

    /// <summary>Properties and attributes to give with each item. Not for several items at once.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>What a list of popular items can be asked for.</summary>
public sealed record PopularListOptions : ListOptions
{
    /// <summary><c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>; null for what is popular by the model.</summary>
    public string? Window { get; init; }

    /// <summary>Properties and attributes to give with each item; at most 32.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
