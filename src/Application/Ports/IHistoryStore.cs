using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Ports;

/// <summary>
/// What is remembered of users beyond their profiles. A history is written once, under a key of its own, and a profile
/// names the one that counts; so writers and readers need no transaction over both.
/// </summary>
public interface IHistoryStore
{
    /// <summary>Loads many histories with a strongly consistent read.</summary>
    /// <param name="names">At most one per user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The histories found; users whose named history is not there are absent.</returns>
    /// <exception cref="StoredFormatException">A history is damaged, or of a format that this
    /// version does not know.</exception>
    Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IReadOnlyCollection<HistoryName> names,
        CancellationToken cancellationToken
    );

    /// <summary>Stores each history unless its name is taken; what is stored under a name never changes.</summary>
    /// <param name="histories">At most one per user.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may still be stored.</param>
    /// <returns>One outcome per history, in the same order; <see cref="SaveStatus.Conflict"/> where
    /// the name is taken.</returns>
    Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes histories; does nothing for names that are not there.</summary>
    Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the histories of a user whose keys are below a version, but one. Below the version of the stored profile
    /// nothing can be named any more except what that profile names: so this takes away what interrupted writers left.
    /// </summary>
    /// <param name="user">Whose.</param>
    /// <param name="version">Keys of this version and later ones stay.</param>
    /// <param name="except">The history to keep; null to keep none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken);
}

/// <summary>Where a history is stored.</summary>
public readonly record struct HistoryName(UserId UserId, HistoryKey Key);

/// <summary>A history and where it is stored.</summary>
public sealed record NamedHistory(HistoryName Name, StoredHistory History);
