namespace Recommendation.AdminApi.Security;

/// <summary>What a key may do; from the reader on, each may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>
    /// Is published in pages: sends events and impressions of anonymous ids and reads lists of scenarios, from the
    /// origins that the key names. Nothing else, and no other role may do this.
    /// </summary>
    Browser = 0,

    /// <summary>Reads recommendations, users, runs and models.</summary>
    Reader = 1,

    /// <summary>Also sends interactions and catalogue items.</summary>
    Writer,

    /// <summary>
    /// Also starts runs and trainings, chooses models, and reads, redrives or erases what may hold anybody's data.
    /// </summary>
    Operator,
}
