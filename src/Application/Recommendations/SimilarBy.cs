namespace Recommendation.Application.Recommendations;

/// <summary>What makes items similar.</summary>
public enum SimilarBy
{
    /// <summary>The rows of the model; where it knows none of the items, what they say of themselves.</summary>
    Both,

    /// <summary>The rows of the model only.</summary>
    Behaviour,

    /// <summary>Only what the items say of themselves.</summary>
    Content,
}
