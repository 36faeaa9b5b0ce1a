using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Leaves out what the erasure of its user covers, for readers of the log that do not apply.</summary>
internal static class ErasedUsers
{
    private const int ChunkSize = 4096;

    /// <summary>By the records of erasures, of which there are few, for who reads everybody's interactions.</summary>
    /// <param name="interactions">What is read.</param>
    /// <param name="erasures">The records.</param>
    /// <param name="since">When the oldest erasure was requested of which something may still be in the
    /// log; null for any.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static async IAsyncEnumerable<Interaction> WithoutErasedAsync(
        this IAsyncEnumerable<Interaction> interactions, IErasures erasures, DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var erased = (
            await erasures.ListAsync(includeFinished: true, since, cancellationToken).ToListAsync(cancellationToken)
        ).ToLookup(erasure => erasure.User, erasure => erasure.Boundary);
        await foreach (var interaction in interactions)
        {
            if (!erased[interaction.UserId].Any(boundary => boundary.Covers(interaction)))
                yield return interaction;
        }
    }

    /// <summary>By the tombstones, for who reads a few users' interactions.</summary>
    internal static async IAsyncEnumerable<Interaction> WithoutErasedAsync(
        this IAsyncEnumerable<Interaction> interactions,
        IProfileStore profiles,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = new HashSet<UserId>();
        var erased = new Dictionary<UserId, ErasureBoundary>();
        await foreach (var chunk in interactions.ChunkAsync(ChunkSize, cancellationToken))
        {
            var unknown = chunk.Select(interaction => interaction.UserId).Where(known.Add).ToList();
            foreach (var (user, profile) in await profiles.LoadAsync(unknown, cancellationToken))
            {
                if (profile.Erasure is { } erasure)
                    erased.Add(user, erasure);
            }
            foreach (var interaction in chunk)
            {
                if (!erased.TryGetValue(interaction.UserId, out var erasure) || !erasure.Covers(interaction))
                    yield return interaction;
            }
        }
    }
}
