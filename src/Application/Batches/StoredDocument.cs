namespace Recommendation.Application.Batches;

/// <summary>A document that is stored as JSON and carries the version of its format.</summary>
public interface IStoredDocument
{
    /// <summary>The newest format that this program reads, and the one that it writes.</summary>
    static virtual int Newest => StoredFormat.First;

    int FormatVersion { get; }
}

/// <summary>Formats of stored documents.</summary>
public static class StoredFormat
{
    /// <summary>The format of documents that have not changed since the first one.</summary>
    public const int First = 1;
}
