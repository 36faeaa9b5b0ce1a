namespace Recommendation.Application.Ports;

/// <summary>Formats of stored documents.</summary>
public static class StoredFormat
{
    /// <summary>The format of documents that have not changed since the first one.</summary>
    public const int First = 1;
}
