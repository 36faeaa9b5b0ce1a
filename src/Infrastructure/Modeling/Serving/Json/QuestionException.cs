namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// A question is not of the form that is answered. The message is a sentence that says where and why.
/// </summary>
public sealed class QuestionException(string message, Exception? inner = null) : Exception(message, inner);
