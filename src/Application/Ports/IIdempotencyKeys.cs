using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// Remembers what was answered to requests that carry a key, so that one that is repeated is done once.
/// </summary>
public interface IIdempotencyKeys
{
    /// <summary>
    /// Claims a key for a request that begins now. A claim that was neither settled nor given up is free after a while.
    /// </summary>
    /// <param name="request">The key, and what it must go on standing for.</param>
    /// <param name="now">Expired keys are as good as unknown.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be claimed all the same.</param>
    Task<IdempotencyClaim> ClaimAsync(
        IdempotentRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps the answer until the key expires.</summary>
    Task SettleAsync(IdempotentRequest request, RememberedAnswer answer, CancellationToken cancellationToken);

    /// <summary>Frees a key whose request failed in a way that may pass.</summary>
    Task GiveUpAsync(IdempotentRequest request, CancellationToken cancellationToken);
}

/// <summary>A request that carries a key.</summary>
/// <param name="Key">Hash of the caller and the key, as hexadecimal text.</param>
/// <param name="Fingerprint">Hash of what is asked, as hexadecimal text: the same key with another is a
/// mistake.</param>
/// <param name="ClaimedUntil">When the claim is free again if nobody settles it.</param>
/// <param name="ExpiresAt">When a settled key is forgotten.</param>
public sealed record IdempotentRequest(
    string Key,
    string Fingerprint,
    DateTimeOffset ClaimedUntil,
    DateTimeOffset ExpiresAt
);

/// <summary>An answer as it was given.</summary>
/// <param name="Location">Where what was made can be found; null where nothing was.</param>
public sealed record RememberedAnswer(int Status, string? MediaType, string? Location, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whom the answer is about: when one of them is erased, a store that finds it deletes it.</summary>
    public IReadOnlyCollection<UserId> Users { get; init; } = [];
}

/// <summary>How a claim ended.</summary>
public enum ClaimState
{
    /// <summary>The caller does the request now.</summary>
    Granted,

    /// <summary>The same request is being done.</summary>
    Busy,

    /// <summary>The key stands for another request.</summary>
    Mismatch,

    /// <summary>The request was done: <see cref="IdempotencyClaim.Answer"/> is what was answered.</summary>
    Answered,
}

/// <summary>How a claim ended.</summary>
/// <param name="Answer">Set where the request was done before.</param>
public sealed record IdempotencyClaim(ClaimState State, RememberedAnswer? Answer = null)
{
    /// <summary>The rule of every store: what a claim is answered where this is stored under its key.</summary>
    public static IdempotencyClaim Of(IdempotentRequest request, string fingerprint, RememberedAnswer? answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!string.Equals(request.Fingerprint, fingerprint, StringComparison.Ordinal))
            return new(ClaimState.Mismatch);
        return answer is null ? new(ClaimState.Busy) : new(ClaimState.Answered, answer);
    }
}
