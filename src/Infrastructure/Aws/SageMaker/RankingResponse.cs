using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.SageMaker;

/// <summary>
/// Reads <c>{"modelVersion":"…","users":[{"userId":"u","items":[{"itemId":"i","score":0.41,"because":["i7"]}]}]}</c>. A
/// user may carry <c>"error":"…"</c> instead of items, and <c>"source":"popular"</c> where the model does
/// not know the history.
/// </summary>
internal static class RankingResponse
{
    /// <exception cref="RankerUnavailableException">The answer is not of the form; nothing of it is used.</exception>
    internal static RankedUsers Read(
        ReadOnlyMemory<byte> body,
        IReadOnlyList<RankUser> users,
        EventTypeSettings types,
        string subject
    )
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var answers = json.RootElement.GetProperty("users"u8).EnumerateArray()
                .ToLookup(user => user.GetProperty("userId"u8).GetString(), StringComparer.Ordinal);
            var model =
                json.RootElement.TryGetProperty("modelVersion"u8, out var version)
                && version.ValueKind != JsonValueKind.Null
                    ? ModelVersion.Parse(version.GetString())
                    : (ModelVersion?)null;
            return new RankedUsers(
                model,
                [.. users.Select(user => RankingOf(user, [.. answers[user.UserId.Value]], types, subject))]
            );
        }
        catch (Exception problem)
            when (problem is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new RankerUnavailableException($"{subject} answered what is no ranking: {problem.Message}", problem);
        }
    }

    /// <summary>The list of a user, as far as it was asked for.</summary>
    internal static RankedItems Limit(IEnumerable<RankedItem> candidates, RankUser user, EventTypeSettings types) =>
        RankedItems.FromRanked(candidates, user.Count, user.Masked(types));

    private static Ranking RankingOf(RankUser user, JsonElement[] answers, EventTypeSettings types, string subject)
    {
        if (answers.Length != 1)
            return Ranking.Failed(
                user.UserId,
                answers.Length == 0 ? $"{subject} did not answer for a user." : $"{subject} answered twice for a user."
            );
        if (answers[0].TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.String)
            return Ranking.Failed(user.UserId, $"{subject} could not rank for a user: {error.GetString()}");
        try
        {
            var items = answers[0].GetProperty("items"u8).EnumerateArray().Select(ToItem).ToList();
            var popular = answers[0].TryGetProperty("source"u8, out var source)
                ? source.ValueEquals("popular"u8)
                : user.History.Count == 0;
            return new Ranking(
                user.UserId,
                popular ? RankingKind.Popular : RankingKind.Ranked,
                Limit(items, user, types)
            );
        }
        catch (Exception problem)
            when (problem is KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            return Ranking.Failed(user.UserId, $"{subject} answered what is no list for a user: {problem.Message}");
        }
    }

    internal static RankedItem ToItem(JsonElement item) => new(
        ItemId.Parse(item.GetProperty("itemId"u8).GetString()),
        Score.Of(item.GetProperty("score"u8).GetDouble()),
        item.TryGetProperty("because"u8, out var because) && because.ValueKind == JsonValueKind.Array
            ? [.. because.EnumerateArray().Select(reason => ItemId.Parse(reason.GetString()))] : []);
}
