namespace Recommendation.Application.Ports;

/// <summary>How a conditional save ended.</summary>
public enum SaveStatus
{
    /// <summary>Stored as the next version.</summary>
    Saved,

    /// <summary>Somebody saved another version since it was loaded: load and fold again.</summary>
    Conflict,

    /// <summary>The store will never take this profile (too large, invalid).</summary>
    Refused,

    /// <summary>The store did not answer, or asked to slow down, until the retries were used up.</summary>
    Failed,

    /// <summary>The store asked to slow down until the caller's time was up: save it later.</summary>
    Postponed,
}

/// <summary>How the save of one profile or list ended.</summary>
/// <param name="Reason">A sentence for the operator where it was refused, failed or postponed; null otherwise.</param>
public readonly record struct SaveOutcome(SaveStatus Status, string? Reason = null)
{
    public static readonly SaveOutcome Saved = new(SaveStatus.Saved);
    public static readonly SaveOutcome Conflict = new(SaveStatus.Conflict);

    public static SaveOutcome Refused(string reason) => new(SaveStatus.Refused, reason);

    public static SaveOutcome Failed(string reason) => new(SaveStatus.Failed, reason);

    public static SaveOutcome Postponed(string reason) => new(SaveStatus.Postponed, reason);
}
