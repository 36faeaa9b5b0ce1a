using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Feedback;

/// <summary>
/// Counts a part of the log from nothing: each event once by its position, which the reader sees to, and by its user
/// and event id, of which the first to arrive counts.
/// </summary>
/// <param name="types">Which types count.</param>
/// <param name="key">Checks recommendation ids.</param>
internal sealed class PartCount(EventTypeSettings types, RecommendationIdKey? key)
{
    private const int NoFeedback = -1;

    private readonly Dictionary<Int128, (long ArrivedAt, int Place)> _ids = [];
    private readonly List<FeedbackEvent?> _events = [];

    /// <summary>The events that count.</summary>
    internal IEnumerable<FeedbackEvent> Events => _events.OfType<FeedbackEvent>();

    /// <summary>The lists that impressions name, each with the first impression's position.</summary>
    internal IEnumerable<(SeenListId List, Position Position)> Lists => Events
        .Where(one => one is { Kind: FeedbackKind.Impression, List: not null })
        .DistinctBy(one => new SeenListId(one.User, one.List!.Value))
        .Select(one => (new SeenListId(one.User, one.List!.Value), one.Position));

    internal void Add(Interaction interaction)
    {
        var feedback = FeedbackEvent.Of(interaction, types, key);
        var impression = feedback?.List is null ? null : ImpressionId.Of(interaction);
        if ((interaction.EventId ?? impression) is not { } id)
        {
            if (feedback is not null)
                _events.Add(feedback);
            return;
        }
        var arrivedAt = interaction.ArrivedAt.ToUnixTimeMilliseconds();
        var hash = HashOf(interaction.UserId, id);
        if (_ids.TryGetValue(hash, out var first))
        {
            if (first.ArrivedAt <= arrivedAt)
                return;
            if (first.Place != NoFeedback)
                _events[first.Place] = null;
        }
        _ids[hash] = (arrivedAt, feedback is null ? NoFeedback : _events.Count);
        if (feedback is not null)
            _events.Add(feedback);
    }

    internal FeedbackSums ToSums(TimeSpan window)
    {
        var sums = new FeedbackSums();
        foreach (var pair in Events.GroupBy(one => new FeedbackPair(one.User, one.Item)))
            sums.Add(pair.Key, pair, window, sign: 1);
        foreach (var (list, _) in Lists)
            sums.Add(list);
        return sums;
    }

    private static Int128 HashOf(UserId user, EventId id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Value}\0{id.Value}"), hash);
        return BinaryPrimitives.ReadInt128BigEndian(hash);
    }
}
