using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Metrics;
using Recommendation.AdminApi.Quarantine;
using Recommendation.Application.Feedback;
using Recommendation.Application.Items;
using Recommendation.Application.Recommendations;

namespace Recommendation.AdminApi.OpenApi;

/// <summary>What the parameters of paths and queries mean, and their limits.</summary>
internal static class Parameters
{
    private const string Count = "How many items to give at most; 10 if absent.";

    private static readonly Dictionary<string, Parameter> s_parameters = new(StringComparer.Ordinal)
    {
        ["users id"] = new("The user's id, encoded as one segment of the path."),
        ["items id"] = new("The item's id, encoded as one segment of the path."),
        ["batch-runs id"] = new("The run's id."),
        ["trainings id"] = new("The training's id."),
        ["erasures id"] = new("The erasure's id."),
        ["v1/erasures all"] = new("Whether to give also the erasures that are finished; false if absent."),
        ["scenarios name"] = new("The scenario's name: a–z, 0–9, - and _."),
        ["scenarios reason"] = new("Why the scenario is changed; shown with its versions."),
        ["scenario"] = new("The scenario whose rules the list follows; absent for none."),
        ["item"] = new("The item's id, encoded as one segment of the path."),
        ["version"] = new("The model's version."),
        ["v1/items id"] = new("Item ids: the parameter repeated.", AtMost: FindItems.MaximumItems),
        ["v1/items n"] = new("How many items to give at most; 20 if absent.", From: 1, To: FindItems.MaximumItems),
        ["q"] = new(
            "Words that an item must have in its title, description, categories or attributes, whatever their "
                + "capitals and accents. `lamp*` stands for every word that begins with lamp."
        ),
        ["attribute"] = new(
            "A value that an attribute must have, such as `colour:red`: the parameter repeated.",
            AtMost: 16
        ),
        ["name"] = new("The experiment's name."),
        ["n"] = new(Count, From: 1, To: Recommend.MaximumCount),
        ["v1/batch-runs n"] = new("How many runs to give at most; 20 if absent.", From: 1, To: 1000),
        ["v1/models n"] = new("How many models to give at most; 100 if absent.", From: 1, To: 1000),
        ["v1/quarantine n"] = new("How many records to give at most; 100 if absent.", From: 1, To: 10_000),
        ["exclude"] = new(
            "Ids of items to leave out: the parameter repeated, or ids divided by commas. Write a comma of an id as "
                + "`\\,` and a backslash as `\\\\`.",
            AtMost: 500
        ),
        ["category"] = new("Categories of which an item must have one: the parameter repeated.", AtMost: 50),
        ["by"] = new(
            "What makes items similar: `behaviour` (the rows of the model), `content` (what the items say of "
                + "themselves), or `both`, which compares content where the model has no row; `both` if absent.",
            Values: [.. SimilarBody.Ways]
        ),
        ["fields"] = new(
            "Properties and attributes of the catalogue to give with each item: at most 32 names, divided by commas, "
                + "such as `price,imageUrl,colour`."
        ),
        ["explain"] = new("Whether to name the items of the history that contributed most; true if absent."),
        ["preview"] = new("Whether an operator only looks, so that the list does not count as shown; false if absent."),
        ["cursor"] = new("The `next` of the page before; absent for the first page."),
        ["window"] = new(
            "The recent time to count: `hour`, `day`, `week` or `month` (30 days); absent for the order of the model.",
            Values: [.. PopularInWindow.Windows.Keys]
        ),
        ["v1/metrics by"] = new(
            "What to tell apart, repeated or divided by commas: " + string.Join(", ", MetricDimensions.Names) + "."),
        ["v1/metrics segment"] = new(
            "An attribute of users whose values are told apart, too, such as `country`; absent for none."),
        ["v1/metrics/items n"] = new(
            "How many items to give at most; 10 if absent.", From: 1, To: ShowItemMetrics.MaximumCount),
        ["v1/metrics/items order"] = new(
            "Which items: `conversions`, `clicks` and `impressions` give those with the most first; `unclicked` those "
                + "that were on screen without a click or a conversion; `unseen` those of the catalogue that no list "
                + "had on screen. `conversions` if absent.",
            Values: [.. MetricRoutes.Orders.Keys]),
        ["from"] = new("The first day (UTC), such as 2026-11-01; 28 days with the last one if absent."),
        ["to"] = new("The last day (UTC); today if absent."),
        ["reason"] = new("Only records that were rejected for this, such as `invalid-time`; all if absent."),
        ["order"] = new(
            "Which arrival comes first; `newest` if absent.",
            Values: [QuarantineRoutes.Newest, QuarantineRoutes.Oldest]
        ),
        ["all"] = new("Whether to give also the records that were sent again; false if absent."),
    };

    /// <exception cref="InvalidOperationException">A parameter has no description: add it here.</exception>
    internal static void Describe(OpenApiOperation operation, string path)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var known = s_parameters.GetValueOrDefault($"{path} {parameter.Name}")
                ?? s_parameters.GetValueOrDefault($"{path.Split('/').ElementAtOrDefault(1)} {parameter.Name}")
                ?? s_parameters.GetValueOrDefault(parameter.Name!)
                ?? throw new InvalidOperationException(
                    $"The parameter '{parameter.Name}' of {path} has no description."
                );
            parameter.Description = known.Description;
            parameter.Required |= known.IsRequired;
            if (parameter.Schema is OpenApiSchema schema)
                known.Limit(schema);
        }
    }

    private sealed record Parameter(
        string Description,
        int? From = null,
        int? To = null,
        int? AtMost = null,
        bool IsRequired = false,
        IReadOnlyList<string>? Values = null
    )
    {
        internal void Limit(OpenApiSchema schema)
        {
            schema.Minimum = From?.ToString(CultureInfo.InvariantCulture);
            schema.Maximum = To?.ToString(CultureInfo.InvariantCulture);
            schema.MaxItems = AtMost;
            if (Values is not null)
                schema.Enum = [.. Values.Select(value => (JsonNode)JsonValue.Create(value))];
        }
    }
}
