namespace Recommendation.Application.Batches;

/// <summary>A document that is stored as JSON and carries the version of its format.</summary>
public interface IStoredDocument
{
    int FormatVersion { get; }
}

/// <summary>The formats of the documents that every platform stores alike.</summary>
internal static class StoredFormat
{
    /// <summary>What is written, and the only one there has been.</summary>
    internal const int Newest = 1;
}
