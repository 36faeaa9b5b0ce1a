namespace Recommendation.Application.Erasures;

/// <summary>Where a platform can hold personal data.</summary>
[Flags]
public enum DataPlatform
{
    None = 0,
    OneMachine = 1,
    Aws = 2,
    Both = OneMachine | Aws,
}

/// <summary>How a place gets rid of a user's data.</summary>
public enum DataEnd
{
    /// <summary>An erasure removes them, and its receipt counts them.</summary>
    Erased,

    /// <summary>They are deleted after a time, whatever happens.</summary>
    Expires,

    /// <summary>Whoever made the copy must delete it.</summary>
    ByOperator,

    /// <summary>Kept on purpose: it proves the erasure or keeps it in force.</summary>
    Kept,
}

/// <summary>A place that may hold personal data.</summary>
/// <param name="Key">Its name in receipts and in the records of erasures; never changes.</param>
/// <param name="Platform">Where it exists.</param>
/// <param name="End">How the data end.</param>
/// <param name="Where">Table, folder, object or service.</param>
/// <param name="Holds">What is in it.</param>
/// <param name="Rule">How it is erased, when it expires, or why it is kept; a sentence.</param>
public sealed record PersonalDataPlace(
    string Key,
    DataPlatform Platform,
    DataEnd End,
    string Where,
    string Holds,
    string Rule
);
