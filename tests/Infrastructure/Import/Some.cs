using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

/// <summary>What rows turn into when they are validated.</summary>
internal static class Some
{
    /// <summary>The time of a row that is valid; the reason where it is not.</summary>
    internal static string Time(ImportRow row)
    {
        var validated = Interaction.Validate(row.Event, Given.Arrival);
        return row.Rejection?.Message
            ?? validated.Rejected?.Message
            ?? Timestamps.Format(validated.Accepted!.OccurredAt);
    }
}
