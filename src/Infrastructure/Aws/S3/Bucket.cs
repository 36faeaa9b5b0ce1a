using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>
/// The bucket's calls: conditional puts told apart from failures, pages followed, failures put into sentences.
/// </summary>
internal sealed class Bucket(IAmazonS3 client, AwsOptions options, Backoff backoff)
{
    private const int ConflictRetries = 5;

    internal IAmazonS3 Client => client;

    internal string Name => options.BucketName!;

    /// <summary>How the bucket is named in sentences.</summary>
    internal string Subject => $"Bucket {Name}";

    /// <summary>Reads a small object whole; null where there is none.</summary>
    internal async Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        return await GuardAsync(async () =>
        {
            using var response = await OpenOrNullAsync(Name, key, cancellationToken);
            if (response is null)
                return null;
            using var body = new MemoryStream();
            await response.ResponseStream.CopyToAsync(body, cancellationToken);
            return new StoredObject(body.ToArray(), response.ETag);
        }, cancellationToken);
    }

    /// <summary>Opens an object as a stream of the network; null where there is none.</summary>
    internal Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) =>
        OpenAsync(Name, key, cancellationToken);

    /// <summary>Opens an object of any bucket.</summary>
    internal async Task<Stream?> OpenAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var response = await GuardAsync(() => OpenOrNullAsync(bucket, key, cancellationToken), cancellationToken);
        return response is null ? null : new ObjectStream(response, $"Bucket {bucket}");
    }

    /// <summary>Puts a small object if the condition holds.</summary>
    /// <returns>The tag of the object, or null where the condition does not hold.</returns>
    internal async Task<string?> PutAsync(
        string key,
        byte[] body,
        PutCondition condition,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (await client.PutObjectAsync(Request(key, body, condition), cancellationToken)).ETag;
            }
            catch (AmazonS3Exception problem) when (problem.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return await TagIfOursAsync(key, body, cancellationToken);
            }
            catch (AmazonS3Exception problem)
                when (problem.StatusCode == HttpStatusCode.Conflict && attempt < ConflictRetries)
            {
                // Another conditional write was under way; S3 asks to try again.
                await backoff.WaitAsync(attempt, cancellationToken);
            }
            catch (AmazonS3Exception problem)
                when (problem.StatusCode == HttpStatusCode.NotFound && condition.IfMatch is not null)
            {
                return null; // What should have matched is gone.
            }
            catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
            {
                throw problem.ToStoreFault(Subject);
            }
        }
    }

    internal Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        GuardAsync(
            () => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Name, Key = key }, cancellationToken),
            cancellationToken
        );

    /// <summary>The keys that begin with a prefix, in their order.</summary>
    internal IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken) =>
        KeysAsync(prefix, after: null, cancellationToken);

    /// <summary>The keys that begin with a prefix and come after a key, in their order.</summary>
    internal IAsyncEnumerable<string> KeysAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        ObjectsAsync(prefix, after, cancellationToken).Select(found => found.Key);

    /// <summary>
    /// The keys that begin with a prefix and come after a key, in their order, with the bytes that each object has.
    /// </summary>
    internal IAsyncEnumerable<(string Key, long Size)> ObjectsAsync(
        string prefix,
        string? after,
        CancellationToken cancellationToken
    ) =>
        PagesAsync(
                new ListObjectsV2Request
                {
                    BucketName = Name,
                    Prefix = prefix,
                    StartAfter = after,
                },
                cancellationToken
            )
            .SelectMany(page => ObjectsOf(page).ToAsyncEnumerable());

    /// <summary>
    /// What is directly below a prefix that ends with a slash: folders, each with its slash, and objects.
    /// </summary>
    internal async Task<(List<string> Folders, List<(string Key, long Size)> Objects)> LevelAsync(
        string prefix,
        CancellationToken cancellationToken
    )
    {
        var (folders, objects) = (new List<string>(), new List<(string Key, long Size)>());
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = prefix, Delimiter = "/" };
        await foreach (var page in PagesAsync(request, cancellationToken))
        {
            folders.AddRange(page.CommonPrefixes ?? []);
            objects.AddRange(ObjectsOf(page));
        }
        return (folders, objects);
    }

    /// <summary>
    /// The folders directly below a prefix that ends with a slash, each with its slash, in their order.
    /// </summary>
    internal async Task<List<string>> FoldersAsync(string prefix, CancellationToken cancellationToken) =>
        (await LevelAsync(prefix, cancellationToken)).Folders;

    /// <summary>Runs a call; a failure of the service becomes a sentence.</summary>
    /// <exception cref="StoreUnavailableException">The bucket did not do what was asked.</exception>
    internal async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(Subject);
        }
    }

    private static IEnumerable<(string Key, long Size)> ObjectsOf(ListObjectsV2Response page) =>
        (page.S3Objects ?? []).Select(found => (found.Key, found.Size ?? 0));

    private async IAsyncEnumerable<ListObjectsV2Response> PagesAsync(
        ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await GuardAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            yield return page;
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private async Task<GetObjectResponse?> OpenOrNullAsync(
        string bucket,
        string key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key },
                cancellationToken
            );
        }
        catch (AmazonS3Exception problem)
            when (problem is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return null;
        }
    }

    /// <summary>A put that is repeated because its answer was lost finds its own object; that is no conflict.</summary>
    private async Task<string?> TagIfOursAsync(string key, byte[] body, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) is { } stored && stored.Body.AsSpan().SequenceEqual(body)
            ? stored.Tag
            : null;

    private PutObjectRequest Request(string key, byte[] body, PutCondition condition) => new()
    {
        BucketName = Name,
        Key = key,
        InputStream = new MemoryStream(body, writable: false),
        ContentType = key.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "application/octet-stream",
        UseChunkEncoding = false,
        IfMatch = condition.IfMatch,
        IfNoneMatch = condition.IfAbsent ? "*" : null,
    };
}
