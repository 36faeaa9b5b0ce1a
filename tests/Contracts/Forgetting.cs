using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Contracts;

/// <summary>Erases part after part, as the job does.</summary>
public static class Forgetting
{
    /// <returns>How many records were removed in all.</returns>
    public static async Task<long> ForgetAllAsync(this IInteractionLog log, UserId user, ErasureBoundary boundary)
    {
        ArgumentNullException.ThrowIfNull(log);
        return await AllAsync(user, boundary, work => log.ForgetAsync(work, CancellationToken.None));
    }

    /// <returns>How many records were removed in all.</returns>
    public static async Task<long> ForgetAllAsync(this IQuarantine quarantine, UserId user)
    {
        ArgumentNullException.ThrowIfNull(quarantine);
        return await AllAsync(user, Before(Some.Noon), work => quarantine.ForgetAsync(work, CancellationToken.None));
    }

    /// <returns>How many records were removed in all by the sweep of an erasure.</returns>
    public static async Task<long> SweepAllAsync(this IQuarantine quarantine, UserId user, ErasureBoundary boundary)
    {
        ArgumentNullException.ThrowIfNull(quarantine);
        return await AllAsync(
            user, boundary, work => quarantine.ForgetAsync(work with { IsSweep = true }, CancellationToken.None));
    }

    /// <returns>How many records were removed in all.</returns>
    public static async Task<long> EraseAllAsync(this IErasable place, UserId user)
    {
        ArgumentNullException.ThrowIfNull(place);
        return await AllAsync(user, Before(Some.Noon), work => place.EraseAsync(work, CancellationToken.None));
    }

    /// <summary>What arrived before a time, in a log in which the erasure has no place.</summary>
    public static ErasureBoundary Before(DateTimeOffset time) => new() { ArrivedAt = time };

    /// <summary>What is not beyond a place of the log.</summary>
    public static ErasureBoundary Through(Position position) => ErasureBoundary.At(position, Some.Noon);

    private static async Task<long> AllAsync(
        UserId user,
        ErasureBoundary boundary,
        Func<ErasureWork, Task<ErasedPart>> forget
    )
    {
        var removed = 0L;
        string? after = null;
        do
        {
            (var part, after) = await forget(new ErasureWork(user, boundary, after));
            removed += part;
        }
        while (after is not null);
        return removed;
    }
}
