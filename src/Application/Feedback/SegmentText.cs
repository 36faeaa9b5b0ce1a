using System.Globalization;
using Recommendation.Domain;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Feedback;

/// <summary>The value of a user's attribute as the name of a segment.</summary>
internal static class SegmentText
{
    /// <returns>Null without a value, and for a vector.</returns>
    internal static string? Of(AttributeValue? value) => value?.Type switch
    {
        AttributeType.Text => value.Text,
        AttributeType.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        AttributeType.Boolean => value.Boolean ? "true" : "false",
        AttributeType.Time => Timestamps.Format(value.Time),
        AttributeType.TextList => string.Join(", ", value.Texts.Order(StringComparer.Ordinal)),
        _ => null,
    };
}
