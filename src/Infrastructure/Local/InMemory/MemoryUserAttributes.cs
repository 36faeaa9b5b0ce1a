using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.InMemory;

/// <summary>Attributes of users in a dictionary; gone with the process.</summary>
internal sealed class MemoryUserAttributes : IUserAttributes, IErasable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, IReadOnlyDictionary<string, AttributeValue>> _users = [];

    public string Place => PersonalDataPlaces.Attributes;

    public Task<IReadOnlyDictionary<string, AttributeValue>> FindAsync(
        UserId user, CancellationToken cancellationToken) =>
        _gate.Do(() => Find(user), cancellationToken);

    public Task<IReadOnlyDictionary<string, AttributeValue>> ChangeAsync(
        UserId user,
        Func<IReadOnlyDictionary<string, AttributeValue>, IReadOnlyDictionary<string, AttributeValue>> change,
        CancellationToken cancellationToken) =>
        _gate.Do(() => _users[user] = change(Find(user)), cancellationToken);

    /// <summary>What is written after the first pass of an erasure is of a user who is back.</summary>
    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(() => new ErasedPart(!work.IsSweep && _users.Remove(work.User) ? 1 : 0), cancellationToken);

    private IReadOnlyDictionary<string, AttributeValue> Find(UserId user) =>
        _users.GetValueOrDefault(user) ?? new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
}
