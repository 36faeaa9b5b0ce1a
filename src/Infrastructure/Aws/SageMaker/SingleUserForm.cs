using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.SageMaker;

/// <summary>
/// The reference system's form: <c>{"userId","interactionCount","lastItemId"}</c>, answered with <c>[itemId…]</c>,
/// <c>[{itemId,score}…]</c> or <c>{"recommendations":…}</c> of either.
/// </summary>
internal static class SingleUserForm
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="user">The query; the form carries how many interactions it has had, and the newest item.</param>
    internal static ReadOnlyMemory<byte> Write(RankUser user)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("userId"u8, user.UserId.Value);
            writer.WriteNumber("interactionCount"u8, user.InteractionCount ?? user.History.Count);
            writer.WriteString("lastItemId"u8, user.History.Count > 0 ? user.History[0].ItemId.Value : null);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    /// <exception cref="RankerUnavailableException">The answer is of none of the forms.</exception>
    internal static Ranking Read(ReadOnlyMemory<byte> body, RankUser user, EventTypeSettings types, string subject)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var list =
                json.RootElement.ValueKind == JsonValueKind.Object
                    ? json.RootElement.GetProperty("recommendations"u8)
                    : json.RootElement;
            var items = list.EnumerateArray().Select(ToItem).ToList();
            var kind =
                user.History.Count == 0 || IsPopular(json.RootElement) ? RankingKind.Popular : RankingKind.Ranked;
            return new Ranking(user.UserId, kind, RankingResponse.Limit(items, user, types));
        }
        catch (Exception problem)
            when (problem
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or ArgumentException
                        or FormatException
            )
        {
            throw new RankerUnavailableException($"{subject} answered what is no list: {problem.Message}", problem);
        }
    }

    /// <summary>An object may say <c>"source":"popular"</c> where the model knows nothing of the user.</summary>
    private static bool IsPopular(JsonElement answer) => answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty("source"u8, out var source) && source.ValueEquals("popular"u8);

    /// <summary>Bare ids come in order: the first scores 1, the second ½, and so on.</summary>
    private static RankedItem ToItem(JsonElement item, int rank) => item.ValueKind == JsonValueKind.String
        ? new RankedItem(ItemId.Parse(item.GetString()), Score.Of(1.0 / (rank + 1)))
        : RankingResponse.ToItem(item);
}
