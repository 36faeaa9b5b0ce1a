namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// A request is invalid. The message is a sentence that says where and why.
/// </summary>
public sealed class RankRequestException(string message, Exception? inner = null) : Exception(message, inner);
