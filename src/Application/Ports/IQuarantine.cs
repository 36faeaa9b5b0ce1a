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

    /// <summary>
    /// Removes a part of what is held of a user: records of the user, and records whose user could not be read and whose content
    /// names the user; of an array of events, those that do not name the user stay. A sweep leaves what came after the erasure. Repeated
    /// until it answers no next part.
    /// </summary>
    /// <returns>How many records were removed, and where to go on.</returns>
    Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken);
}
