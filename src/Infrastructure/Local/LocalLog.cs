namespace Recommendation.Local;

/// <summary>The interaction log of one machine.</summary>
public static class LocalLog
{
    /// <summary>Its only partition: positions are (<c>local</c>, sequence, 0).</summary>
    public const string Partition = "local";
}
