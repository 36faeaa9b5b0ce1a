using System.Globalization;
using Recommendation.Domain;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Benchmarks.Feedback;

/// <summary>What an event of the soak is.</summary>
internal enum SoakEventKind
{
    Impression,
    Click,
    Purchase,
}

/// <summary>An event of the soak, as its user has it.</summary>
/// <param name="Number">No two events of a user have the same.</param>
/// <param name="Item">The number of the item.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it happened; no two events of a user happen at the same time.</param>
/// <param name="List">Which of the user's lists it names; -1 for none.</param>
/// <param name="Cents">The amount of a purchase.</param>
/// <param name="Currency">Of the amount; -1 for none.</param>
internal readonly record struct SoakEvent(
    int Number, int Item, SoakEventKind Kind, DateTimeOffset At, int List, int Cents, int Currency)
{
    internal static readonly string[] Currencies = ["EUR", "USD"];

    private static readonly string[] s_types = ["impression", "click", "purchase"];

    /// <summary>The body of the request.</summary>
    internal string ToJson(int user, RecommendationId[] lists)
    {
        var list = List < 0 ? "" : $",\"recommendationId\":\"{lists[List]}\"";
        var value = Kind != SoakEventKind.Purchase ? ""
            : string.Create(CultureInfo.InvariantCulture, $",\"value\":{Cents / 100m:0.00}");
        var currency = Currency < 0 ? "" : $",\"currency\":\"{Currencies[Currency]}\"";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"eventId\":\"{user}-{Number}\",\"userId\":\"{SoakUsers.IdOf(user)}\",\"itemId\":\"i{Item}\","
                + $"\"interactionType\":\"{s_types[(int)Kind]}\",\"timestamp\":\"{Timestamps.Format(At)}\""
                + $"{list}{value}{currency}}}");
    }
}
