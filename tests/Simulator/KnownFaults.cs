using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator;

/// <summary>What the product is known not to bear yet; nothing else is left out of the histories.</summary>
public static class KnownFaults
{
    /// <summary>
    /// An erasure beside writes, kills or clocks that differ leaves a profile that is not that of the log.
    /// </summary>
    public const ErasureRules Erasures = ErasureRules.Quiet;

    /// <summary>A rejected record that is delivered again after its user was erased is quarantined again.</summary>
    public const bool QuarantinesAfterErasure = true;
}
