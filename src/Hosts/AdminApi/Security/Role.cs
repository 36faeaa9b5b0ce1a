namespace Recommendation.AdminApi.Security;

/// <summary>What a key may do; each may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads recommendations, users, runs and models.</summary>
    Reader = 1,

    /// <summary>Also sends interactions and catalogue items.</summary>
    Writer,

    /// <summary>
    /// Also starts runs and trainings, chooses models, and reads, redrives or erases what may hold anybody's data.
    /// </summary>
    Operator,
}
