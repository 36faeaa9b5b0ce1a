using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>Artefacts at <c>s3://bucket/key</c>, where training jobs leave them.</summary>
internal sealed class S3ModelArtefacts(Bucket bucket) : IModelArtefacts
{
    private const string Scheme = "s3://";

    public Task<Stream?> OpenAsync(string location, CancellationToken cancellationToken)
    {
        var path = location.StartsWith(Scheme, StringComparison.Ordinal) ? location[Scheme.Length..] : "";
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? bucket.OpenAsync(path[..slash], path[(slash + 1)..], cancellationToken)
            : throw new RefusedException($"'{location}' is no place of an artefact; give s3://bucket/key.");
    }
}
