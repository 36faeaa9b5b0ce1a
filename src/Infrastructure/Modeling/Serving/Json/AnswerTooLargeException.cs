namespace Recommendation.Modeling.Serving.Json;

/// <summary>An answer would get larger than is allowed. The message is a sentence that says what to do.</summary>
public sealed class AnswerTooLargeException(int maximum)
    : Exception($"The answer would have more than {maximum} bytes. Ask for fewer users or fewer items in one request.");
