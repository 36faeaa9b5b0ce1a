namespace Recommendation.Aws.S3;

/// <summary>A small object with the tag of its state.</summary>
internal sealed record StoredObject(byte[] Body, string Tag);
