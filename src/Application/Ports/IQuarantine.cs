using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Ports;

/// <summary>Rejected records, kept with the reason until somebody has looked at them.</summary>
public interface IQuarantine
{
    /// <summary>Keeps records durably; one whose position is held already is not added again.</summary>
    Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken);

    /// <summary>The records, in order of arrival and then position.</summary>
    /// <param name="includeRedriven">Whether to list those that were appended anew as well.</param>
    IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeRedriven, CancellationToken cancellationToken);

    /// <summary>Marks records as appended anew; unknown positions are ignored.</summary>
    Task MarkRedrivenAsync(IReadOnlyList<Position> positions, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes what is held of a user.</summary>
    /// <returns>How many records were removed.</returns>
    Task<long> ForgetAsync(UserId user, CancellationToken cancellationToken);
}
