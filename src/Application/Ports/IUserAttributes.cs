using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Attributes of users, such as a country, a segment or an age band.</summary>
public interface IUserAttributes
{
    /// <returns>By name; empty for a user without any.</returns>
    Task<IReadOnlyDictionary<string, AttributeValue>> FindAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Changes what is stored, whoever changes it meanwhile.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="change">
    /// Gives the attributes after the change; may be asked several times. What it throws is thrown, and nothing is
    /// stored.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The attributes as they are now.</returns>
    Task<IReadOnlyDictionary<string, AttributeValue>> ChangeAsync(
        UserId user,
        Func<IReadOnlyDictionary<string, AttributeValue>, IReadOnlyDictionary<string, AttributeValue>> change,
        CancellationToken cancellationToken
    );
}
