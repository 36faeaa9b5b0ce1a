namespace Recommendation.Application.Ports;

/// <summary>A document that an adapter stores as JSON, and that carries the version of its format.</summary>
public interface IStoredDocument
{
    /// <summary>The newest format that this program reads, and the one that it writes.</summary>
    static virtual int Newest => StoredFormat.First;

    int FormatVersion { get; }
}
