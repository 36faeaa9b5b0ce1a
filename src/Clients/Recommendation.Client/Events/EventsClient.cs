using System.Buffers;
using System.Text.Json;
using Recommendation.Client.Calls;
using Recommendation.Client.Events;

namespace Recommendation.Client;

/// <summary>Sends events and impressions, and waits until the API has them on disk.</summary>
public sealed class EventsClient
{
    private readonly ApiCalls _calls;

    internal EventsClient(ApiCalls calls) => _calls = calls;

    /// <summary>Sends one event.</summary>
    /// <exception cref="RecommendationApiException">Code <c>rejected</c>: the event is not valid.</exception>
    public Task<SentEvents> SendAsync(RecommendationEvent one, CancellationToken cancellationToken = default) =>
        SendAsync([one], cancellationToken);

    /// <summary>Sends up to 500 events. Invalid ones are in quarantine and are reported in the results.</summary>
    /// <exception cref="RecommendationApiException">With the code <c>rejected</c> if no event is valid.</exception>
    public Task<SentEvents> SendAsync(
        IReadOnlyList<RecommendationEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var body = new ArrayBufferWriter<byte>(128 * events.Count);
        using (var writer = new Utf8JsonWriter(body, ClientJson.Writer))
        {
            writer.WriteStartArray();
            foreach (var one in events)
            {
                ArgumentNullException.ThrowIfNull(one, nameof(events));
                one.Require(nameof(events));
                EventJson.Write(writer, one, eventId: [], time: null);
            }
            writer.WriteEndArray();
        }
        // An attempt whose answer was lost and the one after it have the same key: they count once.
        return _calls.CallAsync(
            "appendInteractions", HttpMethod.Post, "v1/interactions", body.WrittenSpan.ToArray(),
            ClientJson.Default.SentEvents, cancellationToken, NewKey());
    }

    /// <summary>Says which items of a list were on screen.</summary>
    public Task<SentImpressions> SendImpressionsAsync(
        Impressions list, CancellationToken cancellationToken = default) =>
        SendImpressionsAsync([list], cancellationToken);

    /// <summary>Says which items of up to 100 lists were on screen.</summary>
    public Task<SentImpressions> SendImpressionsAsync(
        IReadOnlyList<Impressions> lists, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return _calls.CallAsync(
            "appendImpressions", HttpMethod.Post, "v1/impressions",
            JsonSerializer.SerializeToUtf8Bytes(lists, ClientJson.Default.IReadOnlyListImpressions),
            ClientJson.Default.SentImpressions, cancellationToken, NewKey());
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
