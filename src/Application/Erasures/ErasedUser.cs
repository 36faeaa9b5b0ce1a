using System.Security.Cryptography;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>Stands for an erased user where places in a list must not move: an id at random that no user has.</summary>
public static class ErasedUser
{
    /// <summary>The users with another id in the place of one of them.</summary>
    public static UserId[] Replaced(IEnumerable<UserId> users, UserId erased) =>
        [.. users.Select(user => user == erased ? Replacement() : user)];

    /// <summary>An id that no user has.</summary>
    public static UserId Replacement() =>
        UserId.Parse($"erased:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");
}
