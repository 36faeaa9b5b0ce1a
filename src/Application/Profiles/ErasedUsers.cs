using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Profiles;

/// <summary>Leaves out what arrived before its user was erased, for readers of the log that do not absorb.</summary>
internal static class ErasedUsers
{
    private const int ChunkSize = 4096;

    internal static async IAsyncEnumerable<Interaction> WithoutErasedAsync(
        this IAsyncEnumerable<Interaction> interactions, IProfileStore profiles, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new HashSet<UserId>();
        var erasedAt = new Dictionary<UserId, DateTimeOffset>();
        await foreach (var chunk in interactions.ChunkAsync(ChunkSize, cancellationToken))
        {
            var unknown = chunk.Select(interaction => interaction.UserId).Where(known.Add).ToList();
            foreach (var (user, profile) in await profiles.LoadAsync(unknown, cancellationToken))
            {
                if (profile.ErasedAt is { } at)
                    erasedAt.Add(user, at);
            }
            foreach (var interaction in chunk)
            {
                if (!erasedAt.TryGetValue(interaction.UserId, out var at) || interaction.ArrivedAt >= at)
                    yield return interaction;
            }
        }
    }
}
