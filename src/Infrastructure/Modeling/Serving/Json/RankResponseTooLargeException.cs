namespace Recommendation.Modeling.Serving.Json;

/// <summary>An answer would be larger than allowed. The message is a sentence that says what to do.</summary>
public sealed class RankResponseTooLargeException(int maximum)
    : Exception($"The answer would have more than {maximum} bytes. Ask for fewer users or fewer items in one request.");
