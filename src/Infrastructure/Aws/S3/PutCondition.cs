namespace Recommendation.Aws.S3;

/// <summary>What must hold of an object for a put to replace it.</summary>
/// <param name="IfMatch">The tag that it must have; null for none.</param>
/// <param name="IfAbsent">Whether there must be no object.</param>
internal readonly record struct PutCondition(string? IfMatch, bool IfAbsent)
{
    internal static readonly PutCondition Always;
    internal static readonly PutCondition Absent = new(null, IfAbsent: true);

    /// <summary>The object must still be in the state of the tag; absent where there was none.</summary>
    internal static PutCondition Unchanged(StoredObject? known) =>
        known is null ? Absent : new(known.Tag, IfAbsent: false);
}
