using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.Aws.SageMaker;

/// <summary>
/// Some users' queries as the endpoint reads them:
/// <c>{"now":"…Z","modelVersion":"…","users":[{"userId":"u","recent":[{"itemId":"i","type":"view","at":"…Z"}],"count":50,"exclude":[]}]}</c>.
/// </summary>
/// <param name="Users">The queries that the body holds.</param>
/// <param name="Body">The JSON.</param>
internal sealed record RankingRequest(IReadOnlyList<RankUser> Users, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// SageMaker takes 6 MB at most, by its older documentation and by what serverless endpoints leave of 4 MB.
    /// </summary>
    internal const int MaximumBytes = 3_500_000;

    internal const int MaximumUsers = 200;

    /// <summary>
    /// The container refuses to give more items of a user, and an answer may be no larger than a question.
    /// </summary>
    internal const int MaximumCount = 10_000;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Cuts a request so that each body is within both limits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tooLarge">Gets the users whose own query is over the limit.</param>
    internal static IEnumerable<RankingRequest> From(RankUsers request, ICollection<RankUser> tooLarge)
    {
        var head = Head(request);
        var users = new List<RankUser>();
        var body = new ArrayBufferWriter<byte>();
        foreach (var user in request.Users)
        {
            var json = Encode(user);
            if (head.Length + json.Length + 2 > MaximumBytes)
            {
                tooLarge.Add(user);
                continue;
            }
            if (users.Count == MaximumUsers || body.WrittenCount + json.Length + 3 > MaximumBytes)
                yield return Cut(ref users, ref body);
            body.Write(users.Count == 0 ? head : ","u8);
            body.Write(json);
            users.Add(user);
        }
        if (users.Count > 0)
            yield return Cut(ref users, ref body);
    }

    private static RankingRequest Cut(ref List<RankUser> users, ref ArrayBufferWriter<byte> body)
    {
        body.Write("]}"u8);
        var question = new RankingRequest(users, body.WrittenMemory);
        (users, body) = ([], new ArrayBufferWriter<byte>());
        return question;
    }

    private static byte[] Head(RankUsers request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            // Ages are counted from here, so that a segment that is ranked again gives the same lists.
            writer.WriteString("now"u8, Timestamps.Format(request.Now));
            if (request.Model is { } model)
                writer.WriteString("modelVersion"u8, model.Value);
            writer.WriteStartArray("users"u8);
            writer.Flush();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Encode(RankUser user)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("userId"u8, user.UserId.Value);
            writer.WriteStartArray("recent"u8);
            foreach (var recent in user.History)
            {
                writer.WriteStartObject();
                writer.WriteString("itemId"u8, recent.ItemId.Value);
                writer.WriteString("type"u8, recent.Type.Value);
                writer.WriteString("at"u8, Timestamps.Format(recent.At));
                if (recent.Count > 1)
                    writer.WriteNumber("count"u8, recent.Count);
                if (recent.Valued > 0)
                {
                    writer.WriteNumber("valued"u8, recent.Valued);
                    writer.WriteNumber("valueSum"u8, recent.ValueSum);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, Math.Min(user.Count, MaximumCount));
            writer.WriteStartArray("exclude"u8);
            foreach (var item in user.Exclude)
                writer.WriteStringValue(item.Value);
            writer.WriteEndArray();
            if (user.AllowRepeats)
                writer.WriteBoolean("allowRepeats"u8, true);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
