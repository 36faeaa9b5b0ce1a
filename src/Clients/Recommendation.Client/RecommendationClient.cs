using Recommendation.Client.Calls;

namespace Recommendation.Client;

/// <summary>
/// The API of the recommendation engine. Register it with <c>services.AddRecommendationClient()</c>.
/// Every method throws <see cref="RecommendationApiException"/> if the API refuses, fails or does not answer.
/// </summary>
public sealed class RecommendationClient
{
    /// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the address of the API.</param>
    public RecommendationClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var calls = new ApiCalls(http);
        Events = new EventsClient(calls);
        Lists = new ListsClient(calls);
        Items = new ItemsClient(calls);
        Users = new UsersClient(calls);
    }

    /// <summary>Sends events and impressions at once; <see cref="IEventWriter"/> sends many.</summary>
    public EventsClient Events { get; }

    /// <summary>What to offer.</summary>
    public ListsClient Lists { get; }

    /// <summary>The catalogue.</summary>
    public ItemsClient Items { get; }

    /// <summary>What is kept of users, and erasing it.</summary>
    public UsersClient Users { get; }
}
