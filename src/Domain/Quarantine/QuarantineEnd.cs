namespace Recommendation.Domain.Quarantine;

/// <summary>What was decided about a rejected record.</summary>
public enum QuarantineEnd
{
    /// <summary>Its events were appended to the log anew.</summary>
    Redriven,

    /// <summary>It is not to be sent again. It is kept, so that an erasure and a redelivery find it.</summary>
    Dismissed,
}
