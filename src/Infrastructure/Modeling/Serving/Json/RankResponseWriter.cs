using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// Ranks and writes, one user after the other:
/// <c>{"userId":"u","items":[{"itemId":"i","score":0.41,"because":["i7"]}]}</c>, with <c>"source":"popular"</c> where
/// the model does not know the history, and <c>"error":"…"</c> instead of items where it failed. Its working memory is
/// used again, so each thread has its own.
/// </summary>
internal sealed class RankResponseWriter(RankableModel rankable, EventTypeSettings types) : IDisposable
{
    // Answers are never put into HTML as they are, so names stay readable.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly UserRanker _ranker = new(rankable, types);
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);

    /// <summary>Writes the users as elements of an array, with commas between them.</summary>
    public void WriteUsers(IReadOnlyList<RankUser> users, Range range, IBufferWriter<byte> output)
    {
        var (start, count) = range.GetOffsetAndLength(users.Count);
        for (var i = start; i < start + count; i++)
        {
            if (i > start)
                output.Write(","u8);
            _json.Reset(output);
            _json.WriteStartObject();
            WriteUser(users[i], "items"u8);
            _json.WriteEndObject();
            _json.Flush();
        }
    }

    /// <summary>Writes one user as a document of its own.</summary>
    public void WriteAlone(RankUser user, RankRequestForm form, IBufferWriter<byte> output)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("modelVersion"u8, rankable.Model.Version.Value);
        WriteUser(user, form == RankRequestForm.Reference ? "recommendations"u8 : "items"u8);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void WriteUser(RankUser user, ReadOnlySpan<byte> listName)
    {
        _json.WriteString("userId"u8, user.UserId.Value);
        try
        {
            // Ranked before anything is written of it, so that a failure can still be told instead.
            var scored = _ranker.Best(user);
            if (scored.IsEmpty)
                _json.WriteString("source"u8, "popular"u8);
            _json.WriteStartArray(listName);
            if (scored.IsEmpty)
                WritePopular(_ranker.Popular(user));
            foreach (ref readonly var item in scored)
                Write(in item);
            _json.WriteEndArray();
        }
        catch (Exception problem)
            when (problem is not (OutOfMemoryException or RankResponseTooLargeException) && _json.CurrentDepth == 1)
        {
            _json.WriteString("error"u8, $"The ranking failed. {problem.Message}");
        }
    }

    private void Write(in ScoredItem item)
    {
        var items = rankable.Model.Items;
        _json.WriteStartObject();
        _json.WriteString("itemId"u8, items[item.Item].Value);
        _json.WriteNumber("score"u8, Score.Of(item.Score).Value);
        _json.WriteStartArray("because"u8);
        for (var reason = 0; reason < item.Because.Count; reason++)
            _json.WriteStringValue(items[item.Because[reason]].Value);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WritePopular(RankedItems popular)
    {
        foreach (var item in popular)
        {
            _json.WriteStartObject();
            _json.WriteString("itemId"u8, item.ItemId.Value);
            _json.WriteNumber("score"u8, item.Score.Value);
            _json.WriteEndObject();
        }
    }
}
