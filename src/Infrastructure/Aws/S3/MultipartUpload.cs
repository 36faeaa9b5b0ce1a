using System.Buffers;
using Amazon.S3.Model;

namespace Recommendation.Aws.S3;

/// <summary>
/// Uploads a stream of any length, one part in memory at a time. The object appears whole when the last part is
/// confirmed, or not at all; what was uploaded of one that failed is taken back.
/// </summary>
internal sealed class MultipartUpload(Bucket bucket, string key)
{
    // S3 takes at most 10,000 parts of at least 5 MB; 8 MB parts reach 80 GB.
    internal const int PartSize = 8 * 1024 * 1024;

    internal async Task SendAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartSize);
        try
        {
            var length = await content.ReadAtLeastAsync(
                buffer.AsMemory(0, PartSize),
                PartSize,
                throwOnEndOfStream: false,
                cancellationToken
            );
            if (length < PartSize)
                await bucket.PutAsync(key, buffer.AsSpan(0, length).ToArray(), PutCondition.Always, cancellationToken);
            else
                await SendPartsAsync(content, buffer, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendPartsAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        var initiate = new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = key };
        var id = (
            await bucket.GuardAsync(
                () => bucket.Client.InitiateMultipartUploadAsync(initiate, cancellationToken),
                cancellationToken
            )
        ).UploadId;
        try
        {
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = bucket.Name,
                Key = key,
                UploadId = id,
                PartETags = [],
            };
            var length = PartSize;
            for (var number = 1; length > 0; number++)
            {
                complete.PartETags.Add(
                    new PartETag(number, await SendPartAsync(id, number, buffer, length, cancellationToken))
                );
                length = await content.ReadAtLeastAsync(
                    buffer.AsMemory(0, PartSize),
                    PartSize,
                    throwOnEndOfStream: false,
                    cancellationToken
                );
            }
            await bucket.GuardAsync(
                () => bucket.Client.CompleteMultipartUploadAsync(complete, cancellationToken),
                cancellationToken
            );
        }
        catch
        {
            await AbortAsync(id);
            throw;
        }
    }

    private async Task<string> SendPartAsync(
        string id,
        int number,
        byte[] buffer,
        int length,
        CancellationToken cancellationToken
    )
    {
        var response = await bucket.GuardAsync(() => bucket.Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket.Name,
            Key = key,
            UploadId = id,
            PartNumber = number,
            PartSize = length,
            InputStream = new MemoryStream(buffer, 0, length, writable: false),
            UseChunkEncoding = false,
        }, cancellationToken), cancellationToken);
        return response.ETag;
    }

    private async Task AbortAsync(string id)
    {
        try
        {
            // Not with the caller's token: it may be what ended the upload.
            await bucket.Client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    UploadId = id,
                },
                CancellationToken.None
            );
        }
        catch (Exception problem) when (problem.IsServiceFault(CancellationToken.None))
        {
            // The failure that led here is the one to tell; the bucket's life cycle rule removes what is
            // left of the upload.
            _ = problem;
        }
    }
}
