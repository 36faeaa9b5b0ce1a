using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Recommendation.Aws.Clients;

namespace Recommendation.Aws.DynamoDb.Direct;

/// <summary>Makes one attempt at a request, on connections of its own, and says what came of it.</summary>
internal sealed class DirectSender : IDisposable
{
    private readonly DirectSigner _signer = new();

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });

    /// <returns>The answer, or the failure; the caller's cancellation is thrown.</returns>
    internal async Task<DirectAttempt> SendAsync(
        DirectRoute route,
        DirectOperation operation,
        ReadOnlyMemory<byte> body,
        IClientConfig config,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (config.Timeout is { } timeout)
            limit.CancelAfter(timeout);
        try
        {
            var credentials = await route.Credentials.GetCredentialsAsync();
            using var message = MessageOf(body);
            message.RequestUri = route.Endpoint;
            _signer.Sign(
                message.Headers,
                route,
                credentials,
                CorrectClockSkew.GetCorrectedUtcNowForEndpoint(route.Name, config),
                operation.Target,
                body.Span
            );
            using var response = await _http.SendAsync(message, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Check(response, answer)
                : DirectAttempt.Failed(ErrorOf(response, answer));
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            return DirectAttempt.Failed(problem);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage MessageOf(ReadOnlyMemory<byte> body)
    {
        var message = new HttpRequestMessage { Method = HttpMethod.Post, Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", DirectOperation.ContentType);
        message.Headers.TryAddWithoutValidation("User-Agent", "recommendation");
        return message;
    }

    /// <summary>DynamoDB sends the checksum of its answer; one that does not fit is no answer.</summary>
    private static DirectAttempt Check(HttpResponseMessage response, byte[] answer)
    {
        if (HeaderOf(response, "x-amz-crc32") is not { } expected)
            return DirectAttempt.Answered(answer);
        using var crc = new Crc32Managed();
        var actual = BinaryPrimitives.ReadUInt32BigEndian(crc.ComputeHash(answer));
        return string.Equals(expected, actual.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? DirectAttempt.Answered(answer)
            : DirectAttempt.Failed(new IOException("The answer does not have the checksum that came with it."));
    }

    private static AmazonServiceException ErrorOf(HttpResponseMessage response, byte[] answer) =>
        ServiceError.Read(
            answer,
            HeaderOf(response, "x-amzn-ErrorType"),
            HeaderOf(response, "x-amzn-RequestId"),
            response.StatusCode,
            inner: null
        );

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}

/// <summary>What came of an attempt.</summary>
internal readonly record struct DirectAttempt(ReadOnlyMemory<byte> Answer, Exception? Failure)
{
    /// <summary>
    /// Whether the service understood, and will say the same again; or is short of capacity, which has a pace of its
    /// own. All else is the SDK's to decide, and to repeat.
    /// </summary>
    internal bool IsFinal =>
        Failure is AmazonServiceException fault
        && (
            fault.IsThrottled()
            || fault.ErrorCode
                is "ConditionalCheckFailedException"
                    or "ValidationException"
                    or "SerializationException"
                    or "ResourceNotFoundException"
        );

    internal static DirectAttempt Answered(ReadOnlyMemory<byte> answer) => new(answer, null);

    internal static DirectAttempt Failed(Exception failure) => new(default, failure);
}
