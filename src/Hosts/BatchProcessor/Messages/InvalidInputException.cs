namespace Recommendation.BatchProcessor.Messages;

/// <summary>
/// What was asked can't be understood. The message is a sentence that says what to give; asking again does not help.
/// </summary>
internal sealed class InvalidInputException(string message) : Exception(message);
