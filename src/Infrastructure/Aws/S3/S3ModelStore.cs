using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Aws.S3;

/// <summary>
/// Models under <c>models/{version}/</c>, and a pointer that is replaced only by who knows its last state: of two
/// promotions that saw the same pointer, one is refused.
/// </summary>
internal sealed class S3ModelStore(Bucket bucket) : IModelStore, IModelDeletion
{
    private const string Prefix = "models/";
    private const string Pointer = "models/current.json";
    private const string Description = "/model.json";

    public async Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken)
    {
        if (await FindAsync(model.Version, cancellationToken) is not null)
            return;
        await new MultipartUpload(bucket, BucketKeys.ArtefactOf(model.Version)).SendAsync(artefact, cancellationToken);
        var body = S3Json.Write(StoredModelDocument.From(model), S3Json.Default.StoredModelDocument);
        await bucket.PutAsync(KeyOf(model.Version, Description), body, PutCondition.Absent, cancellationToken);
    }

    public async Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken) =>
        await FindAsync(version, cancellationToken) is null
            ? null
            : await bucket.OpenAsync(BucketKeys.ArtefactOf(version), cancellationToken);

    public async Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken)
    {
        var models = new List<ModelDescription>();
        await foreach (var key in bucket.KeysAsync(Prefix, cancellationToken))
        {
            if (
                key.EndsWith(Description, StringComparison.Ordinal)
                && await FindAsync(key, cancellationToken) is { } model
            )
                models.Add(model);
        }
        return [.. models.OrderByDescending(model => model.CreatedAt).ThenByDescending(model => model.Version)];
    }

    public async Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(Pointer, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.StoredPointerDocument, Pointer).ToPointer(stored.Tag)
            : ModelPointer.None;

    public async Task<ModelPointer> PointAsync(
        ModelMove move,
        ModelPointer expected,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(move.Version, cancellationToken) is null)
            throw RefusedException.Missing($"There is no model {move.Version}.", NextStep.ListModels);
        // Read anew: what is expected may have come through a state machine, which carries less of it.
        var current = await CurrentAsync(cancellationToken);
        if (!string.Equals(current.Tag, expected.Tag, StringComparison.Ordinal))
            throw Moved(current);
        var next = current.After(move, current.Tag);
        var document = new StoredPointerDocument(
            S3Json.Format,
            move.Version.Value,
            next.Previous?.Value,
            Guid.NewGuid(),
            [.. next.Earlier.Select(earlier => earlier.Value)]
        );
        var condition =
            expected.Tag.Length == 0 ? PutCondition.Absent : new PutCondition(expected.Tag, IfAbsent: false);
        var tag = await bucket.PutAsync(
            Pointer,
            S3Json.Write(document, S3Json.Default.StoredPointerDocument),
            condition,
            cancellationToken
        );
        return tag is null ? throw Moved(await CurrentAsync(cancellationToken)) : document.ToPointer(tag);
    }

    public async Task DeleteAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if ((await CurrentAsync(cancellationToken)).Version == version)
            return;
        // Without a description there is no such model, whatever happens to the artefact.
        await bucket.DeleteAsync(KeyOf(version, Description), cancellationToken);
        await bucket.DeleteAsync(BucketKeys.ArtefactOf(version), cancellationToken);
    }

    private static RefusedException Moved(ModelPointer current) =>
        new($"The current model became {current.Version} in the meantime; compare with that one and point again.");

    private Task<ModelDescription?> FindAsync(ModelVersion version, CancellationToken cancellationToken) =>
        FindAsync(KeyOf(version, Description), cancellationToken);

    private async Task<ModelDescription?> FindAsync(string key, CancellationToken cancellationToken) =>
        await bucket.FindAsync(key, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.StoredModelDocument, key).ToModel() : null;

    private static string KeyOf(ModelVersion version, string name) => $"{Prefix}{version}{name}";
}
