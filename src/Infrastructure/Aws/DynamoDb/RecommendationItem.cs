using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A list as a table item: the item ids in the order of the list, and packed beside them scores and reasons
/// (<see cref="ListDetails"/>), for each list that is written costs a unit a kilobyte. In format 1 each recommendation
/// was a map: <c>i</c> item, <c>s</c> score, <c>b</c> because, and <c>o</c> its source (its origin) if it
/// was not the list's.
/// </summary>
internal static class RecommendationItem
{
    private const string LastUpdated = "lastUpdated";
    private const string ModelVersionName = "modelVersion";
    private const string RunId = "runId";
    private const string Source = "source";
    private const string ProfileVersion = "profileVersion";
    private const string MergedVersion = "mergedVersion";
    private const string Because = "because";
    private const string Details = "details";

    internal static ItemKey KeyOf(UserId user) => new(user.Value, ProfileTable.Recommendations);

    /// <summary>The item that holds the list, to be written.</summary>
    internal static WritableItem Of(RecommendationList list) => new(KeyOf(list.UserId), writer => Write(writer, list));

    /// <exception cref="Application.Ports.StoredFormatException">The item is of another format, or damaged.</exception>
    internal static RecommendationList Read(ref ItemReader item)
    {
        string? user = null, source = null, model = null, run = null;
        long? format = null, profileVersion = null;
        var mergedVersion = 0L;
        DateTimeOffset? updated = null;
        List<RankedItem>? ranked = null;
        List<string> ids = [], reasons = [];
        byte[] details = [];
        while (item.Next())
        {
            if (item.Is("userId"u8))
                user = item.Text(ProfileTable.UserId);
            else if (item.Is("format"u8))
                format = item.Number(ProfileTable.Format);
            else if (item.Is("recommendations"u8) && item.IsListOfTexts())
                ids = item.Texts(ProfileTable.Recommendations);
            else if (item.Is("recommendations"u8))
                ranked = ReadRanked(ref item);
            else if (item.Is("because"u8))
                reasons = item.Texts(Because);
            else if (item.Is("details"u8))
                details = item.Bytes(Details);
            else if (item.Is("source"u8))
                source = item.Text(Source);
            else if (item.Is("lastUpdated"u8))
                updated = item.Time(LastUpdated);
            else if (item.Is("modelVersion"u8))
                model = item.Text(ModelVersionName);
            else if (item.Is("runId"u8))
                run = item.Text(RunId);
            else if (item.Is("profileVersion"u8))
                profileVersion = item.Number(ProfileVersion);
            else if (item.Is("mergedVersion"u8))
                mergedVersion = item.Number(MergedVersion);
            else
                item.Skip();
        }
        ItemFormat.Require(format, user, ItemFormat.List);
        return new RecommendationList
        {
            UserId = UserId.FromStored(user ?? throw item.Damaged(ProfileTable.UserId, "a text")),
            Items = RankedItems.FromStored(
                ids.Count > 0
                    ? ListDetails.Read(ids, reasons, details) ?? throw item.Damaged(Details, "of that many items")
                    : ranked ?? []
            ),
            Source = ListSourceText.Parse(source) ?? throw item.Damaged(Source, "a list source"),
            UpdatedAt = updated ?? throw item.Damaged(LastUpdated, "a time"),
            ModelVersion = model is null ? null : ModelVersion.Parse(model),
            RunId = run is null ? null : BatchRunId.Parse(run),
            ProfileVersion = profileVersion ?? throw item.Damaged(ProfileVersion, "a whole number"),
            MergedVersion = mergedVersion,
        };
    }

    private static void Write(Utf8JsonWriter writer, RecommendationList list)
    {
        writer.Text(ProfileTable.UserId, list.UserId.Value);
        writer.Text(ProfileTable.Kind, ProfileTable.Recommendations);
        writer.Number(ProfileTable.Format, ItemFormat.List);
        writer.Texts(ProfileTable.Recommendations, list.Items.Select(ranked => ranked.ItemId.Value));
        if (list.Items.Count > 0)
        {
            var (details, reasons) = ListDetails.Write(list.Items);
            writer.Bytes(Details, details);
            if (reasons.Count > 0)
                writer.Texts(Because, reasons);
        }
        writer.Time(LastUpdated, list.UpdatedAt);
        writer.Text(Source, list.Source.ToText());
        writer.Number(ProfileVersion, list.ProfileVersion);
        if (list.MergedVersion != 0)
            writer.Number(MergedVersion, list.MergedVersion);
        if (list.ModelVersion is { } model)
            writer.Text(ModelVersionName, model.Value);
        if (list.RunId is { } run)
            writer.Text(RunId, run.Value);
    }

    private static List<RankedItem> ReadRanked(ref ItemReader item)
    {
        var ranked = new List<RankedItem>(RankedItems.DefaultStored);
        item.EnterList(ProfileTable.Recommendations, "a list of maps");
        while (item.NextElement(ProfileTable.Recommendations, "a list of maps"))
        {
            ranked.Add(ReadOne(ref item));
            item.Leave();
        }
        return ranked;
    }

    private static RankedItem ReadOne(ref ItemReader item)
    {
        string? id = null, score = null;
        ListSource? origin = null;
        List<ItemId> because = [];
        while (item.Next())
        {
            if (item.Is("i"u8))
                id = item.Text("i");
            else if (item.Is("s"u8))
                score = item.NumberOrText("s");
            else if (item.Is("b"u8))
                because = item.Texts("b").ConvertAll(ItemId.FromStored);
            else if (item.Is("o"u8))
                origin = ListSourceText.Parse(item.Text("o")) ?? throw item.Damaged("o", "a list source");
            else
                item.Skip();
        }
        return new RankedItem(
            ItemId.FromStored(id ?? throw item.Damaged("i", "a text")),
            double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? Score.Of(value)
                : throw item.Damaged("s", "a score"),
            because
        )
        {
            Source = origin,
        };
    }
}
