using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Profiles;

/// <summary>What became of a batch of the log.</summary>
public sealed record UpdatedProfiles
{
    /// <summary>Interactions counted for the first time.</summary>
    public required int Counted { get; init; }

    /// <summary>
    /// Copies that the log delivered again; and interactions whose save was done without an answer, so that it was
    /// tried again and found them applied.
    /// </summary>
    public required int Redelivered { get; init; }

    /// <summary>Copies that a producer sent again under the same event id.</summary>
    public required int Repeated { get; init; }

    /// <summary>Interactions that arrived before their user was erased.</summary>
    public required int Erased { get; init; }

    /// <summary>Interactions that are no act of the user, such as impressions; profiles do not hold them.</summary>
    public int NoActs { get; init; }

    /// <summary>Records put into quarantine.</summary>
    public required int Quarantined { get; init; }

    /// <summary>Profiles saved; unchanged ones are not written.</summary>
    public required int ProfilesWritten { get; init; }

    /// <summary>Saves that met another version and were folded again.</summary>
    public required int Conflicts { get; init; }

    /// <summary>The positions that must be delivered again.</summary>
    public required IReadOnlyList<Position> Failed { get; init; }

    /// <summary>Why the first of them failed; null where none did.</summary>
    public required string? FirstError { get; init; }

    /// <summary>
    /// Whether they failed only since a store is short of capacity: nothing is wrong, and delivering
    /// them again goes on.
    /// </summary>
    public bool IsPostponed { get; init; }

    /// <summary>How many records or events are settled: counted, dropped as copies, or in quarantine.</summary>
    public int Settled => Counted + Redelivered + Repeated + Erased + NoActs + Quarantined;
}
