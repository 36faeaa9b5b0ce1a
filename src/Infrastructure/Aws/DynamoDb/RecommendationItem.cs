using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;
using static Recommendation.Aws.DynamoDb.Attributes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>A list as a table item; each recommendation is a small map: <c>i</c> item, <c>s</c> score, <c>b</c> because.</summary>
internal static class RecommendationItem
{
    private const string LastUpdated = "lastUpdated";
    private const string ModelVersionName = "modelVersion";
    private const string RunId = "runId";
    private const string Source = "source";
    private const string ProfileVersion = "profileVersion";

    // Where DynamoDB's numbers begin and end; a score beyond them is kept as a text.
    private const double Smallest = 1E-130;
    private const double Greatest = 1E+125;

    internal static Item From(RecommendationList list)
    {
        var item = ProfileTable.Key(list.UserId, ProfileTable.Recommendations);
        item[ProfileTable.Format] = Number(ItemFormat.Current);
        item[ProfileTable.Recommendations] = List([.. list.Items.Select(From)]);
        item[LastUpdated] = Time(list.UpdatedAt);
        item[Source] = new AttributeValue(list.Source.ToText());
        item[ProfileVersion] = Number(list.ProfileVersion);
        if (list.ModelVersion is { } model)
            item[ModelVersionName] = new AttributeValue(model.Value);
        if (list.RunId is { } run)
            item[RunId] = new AttributeValue(run.Value);
        return item;
    }

    /// <exception cref="Application.Ports.StoredFormatException">The item is of another format, or damaged.</exception>
    internal static RecommendationList ToList(Item item)
    {
        ItemFormat.Require(item);
        var ranked = item.ElementsOf(ProfileTable.Recommendations)
            .Select(element => ToRanked(element.M ?? throw Damaged(item, ProfileTable.Recommendations, "a list of maps"))).ToList();
        return new RecommendationList
        {
            UserId = UserId.FromStored(item.Text(ProfileTable.UserId)),
            Items = RankedItems.From(ranked, ranked.Count),
            Source = ListSourceText.Parse(item.TextOrNull(Source)) ?? throw Damaged(item, Source, "a list source"),
            UpdatedAt = item.TimeOrNull(LastUpdated) ?? throw Damaged(item, LastUpdated, "a time"),
            ModelVersion = item.TextOrNull(ModelVersionName) is { } model ? ModelVersion.Parse(model) : null,
            RunId = item.TextOrNull(RunId) is { } run ? BatchRunId.Parse(run) : null,
            ProfileVersion = item.Number(ProfileVersion),
        };
    }

    private static AttributeValue From(RankedItem ranked)
    {
        var entries = new Item(3, StringComparer.Ordinal) { ["i"] = new AttributeValue(ranked.ItemId.Value), ["s"] = From(ranked.Score) };
        if (ranked.Because.Count > 0)
            entries["b"] = List([.. ranked.Because.Select(reason => new AttributeValue(reason.Value))]);
        return Map(entries);
    }

    private static AttributeValue From(Score score)
    {
        var text = score.Value.ToString("R", CultureInfo.InvariantCulture);
        return Math.Abs(score.Value) is 0 or (>= Smallest and <= Greatest) ? new AttributeValue { N = text } : new AttributeValue(text);
    }

    private static RankedItem ToRanked(Item entries) => new(
        ItemId.FromStored(entries.Text("i")),
        double.TryParse(entries.GetValueOrDefault("s")?.N ?? entries.TextOrNull("s"), NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            ? Score.Of(score) : throw Damaged(entries, "s", "a score"),
        [.. entries.ElementsOf("b").Select(reason => ItemId.FromStored(reason.S))]);
}
