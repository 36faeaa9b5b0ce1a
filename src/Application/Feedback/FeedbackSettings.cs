using System.Globalization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Feedback;

internal static class FeedbackSettings
{
    /// <summary>
    /// All settings that the figures depend on, as text: if it differs from that of the figures, they are counted anew.
    /// </summary>
    internal static string Stamp(EventTypeSettings types, TimeSpan window) =>
        string.Join(
            ' ',
            types.Types
                .Where(pair => pair.Value.Role != Domain.Feedback.FeedbackRole.None)
                .OrderBy(pair => pair.Key)
                .Select(pair => $"{pair.Key}:{pair.Value.Role}{(pair.Value.IsRevenue ? ":revenue" : "")}")
                .Append(window.Ticks.ToString(CultureInfo.InvariantCulture)));
}
