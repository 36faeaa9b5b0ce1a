namespace Recommendation.Simulator.Scripts;

/// <summary>How erasures take place in histories.</summary>
public enum ErasureRules
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>While nothing else goes on and nothing fails, but clocks differ.</summary>
    BesideClocks,

    /// <summary>Beside anything, by clients that ask until they have an answer, while clocks agree.</summary>
    BesideWrites,

    /// <summary>While nothing else goes on; the process may be killed in the middle, and nobody asks again.</summary>
    Killed,

    /// <summary>At any time, beside anything.</summary>
    Full,
}

/// <summary>What histories may hold.</summary>
/// <param name="Erasures">How erasures take place.</param>
/// <param name="IsStream">Whether the log is a stream; null for either.</param>
public sealed record ScriptRules(ErasureRules Erasures, bool? IsStream = null)
{
    /// <summary>What the product must bear.</summary>
    public static readonly ScriptRules Product = new(ErasureRules.Full);
}
