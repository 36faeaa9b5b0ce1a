using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Ports;

/// <summary>A place that may hold personal data beside the stores that have a method for it.</summary>
public interface IErasable
{
    /// <summary>The key of the place, as the table of places names it.</summary>
    string Place { get; }

    /// <summary>Erases a part of what the place holds of a user. Doing the same part again is harmless.</summary>
    Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken);
}

/// <summary>What is to be erased, and from where on.</summary>
/// <param name="User">Whose data.</param>
/// <param name="Boundary">What is covered; what came later stays.</param>
/// <param name="After">Where the last part ended; null at the beginning.</param>
/// <param name="IsSweep">Whether the place was erased before, and this looks for what came late.</param>
public sealed record ErasureWork(UserId User, ErasureBoundary Boundary, string? After = null, bool IsSweep = false)
{
    /// <summary>
    /// Whether a rejected record is to be looked at. At first all are, since not each has an arrival that the log gave;
    /// a sweep comes so much later that it goes by the boundary, or it would remove what the user sent meanwhile.
    /// </summary>
    public bool Concerns(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return !IsSweep || Boundary.Covers(record.Position, record.ArrivedAt);
    }
}

/// <summary>What one part did.</summary>
/// <param name="Removed">How many records it removed.</param>
/// <param name="Next">Where the next part begins; null if there is no more.</param>
public readonly record struct ErasedPart(long Removed, string? Next = null);
