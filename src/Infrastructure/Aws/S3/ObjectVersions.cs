using Amazon.S3.Model;

namespace Recommendation.Aws.S3;

/// <summary>Removes what must not be kept even as an old version, as erasure asks for.</summary>
internal sealed class ObjectVersions(Bucket bucket)
{
    /// <summary>Removes an object and all of its versions.</summary>
    internal async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        // First without a version: where the bucket keeps none, that is all.
        await bucket.DeleteAsync(key, cancellationToken);
        await RemoveOldAsync(key, keepLatest: false, cancellationToken);
    }

    /// <summary>Removes the versions that an object had before the present one.</summary>
    internal Task RemoveEarlierAsync(string key, CancellationToken cancellationToken) =>
        RemoveOldAsync(key, keepLatest: true, cancellationToken);

    private async Task RemoveOldAsync(string key, bool keepLatest, CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket.Name, Prefix = key };
        bool more;
        do
        {
            var page = await bucket.GuardAsync(
                () => bucket.Client.ListVersionsAsync(request, cancellationToken),
                cancellationToken
            );
            foreach (var version in page.Versions ?? [])
            {
                if (
                    !string.Equals(version.Key, key, StringComparison.Ordinal)
                    || version.VersionId is null
                    || (keepLatest && version.IsLatest == true)
                )
                    continue;
                var delete = new DeleteObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    VersionId = version.VersionId,
                };
                await bucket.GuardAsync(
                    () => bucket.Client.DeleteObjectAsync(delete, cancellationToken),
                    cancellationToken
                );
            }
            more = page.IsTruncated == true;
            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
        while (more);
    }
}
