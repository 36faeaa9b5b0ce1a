using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;

namespace Recommendation.Aws.Archive;

/// <summary>
/// A manifest as SageMaker reads it: an array of the bucket's prefix and the keys below it. See "ManifestFile" of
/// S3DataSource in SageMaker's API reference.
/// </summary>
internal sealed class S3TrainingInputs(Bucket bucket) : ITrainingInputs
{
    private const string Prefix = "training/inputs/";

    /// <summary>Where catalogue files lie that trainings are to read, such as an export of the shop.</summary>
    private const string Items = "training/items/";

    public async Task<TrainingInput> WriteAsync(string name, LogParts parts, CancellationToken cancellationToken)
    {
        var from = parts.ArrivedFrom is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : (DateOnly?)null;
        var (objects, bytes) = (0, 0L);
        using var body = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("prefix"u8, $"s3://{bucket.Name}/");
            writer.WriteEndObject();
            await foreach (var key in new ArchiveListing(bucket).OfAsync(parts, from, cancellationToken))
            {
                writer.WriteStringValue(key.Key);
                (objects, bytes) = (objects + 1, bytes + key.Size);
            }
            // Not counted as objects: a catalogue alone is nothing to train on.
            await foreach (var (key, size) in bucket.ObjectsAsync(Items, after: null, cancellationToken))
            {
                writer.WriteStringValue(key);
                bytes += size;
            }
            writer.WriteEndArray();
        }
        var manifest = $"{Prefix}{name}.manifest";
        await bucket.PutAsync(manifest, body.ToArray(), PutCondition.Always, cancellationToken);
        return new TrainingInput($"s3://{bucket.Name}/{manifest}", objects, bytes);
    }
}
