using System.Text.Json;
using System.Text.Json.Nodes;
using Recommendation.Domain.Items;

namespace Recommendation.Settings;

/// <summary>The JSON schema of the settings file, made from the table of settings.</summary>
public static class SettingsSchema
{
    private const string TypeName = "^[a-z][a-z0-9_-]{0,31}$";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The schema as it is published.</summary>
    public static string Text()
    {
        var sections = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var section in SettingsTable.Sections)
            sections[section] = Closed(PropertiesOf(section));
        var root = Closed(sections);
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "recommendation.json");
        return root.ToJsonString(s_indented) + "\n";
    }

    private static JsonObject PropertiesOf(string section)
    {
        if (section is "events")
            return new() { ["types"] = Types() };
        var settings = SettingsOf(section + ".");
        if (section is "catalogue")
            settings.Insert(0, "attributes", Attributes());
        return settings;
    }

    private static JsonObject Attributes()
    {
        static JsonObject Type() =>
            new() { ["enum"] = new JsonArray([.. AttributeShape.TypeNames.Select(name => (JsonNode)name)]) };
        return new()
        {
            ["description"] = "What attributes of items are. One that is not named is what its first use says.",
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z_][A-Za-z0-9_]{0,63}$" },
            ["additionalProperties"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    Type(),
                    Closed(new()
                    {
                        ["type"] = Type(),
                        ["length"] = new JsonObject
                        {
                            ["description"] = "How many numbers a vector has.",
                            ["type"] = "integer",
                            ["minimum"] = 1,
                            ["maximum"] = ItemRules.MaximumVector,
                        },
                    })),
            },
        };
    }

    private static JsonObject SettingsOf(string section)
    {
        var settings = new JsonObject();
        foreach (var setting in SettingsTable.All.Where(one => one.Path.StartsWith(section, StringComparison.Ordinal)))
            settings[setting.Path[section.Length..]] = SchemaOf(setting);
        return settings;
    }

    private static JsonObject SchemaOf(SettingDefinition setting)
    {
        var value = setting.Get(SettingTargets.Defaults);
        if (setting.Kind == SettingKind.Flag)
            return new() { ["description"] = setting.Description, ["type"] = "boolean", ["default"] = value == 1 };
        return new()
        {
            ["description"] = setting.Description,
            ["type"] = setting.Kind == SettingKind.Whole ? "integer" : "number",
            ["minimum"] = setting.Minimum,
            ["maximum"] = setting.Maximum,
            ["default"] = value,
        };
    }

    private static JsonObject Types() => new()
    {
        ["description"] = "What each type of interaction means. A type that is not named weighs nothing and hides "
            + "nothing.",
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = TypeName },
        ["additionalProperties"] = Closed(new()
        {
            ["weight"] = new JsonObject
            {
                ["description"] = "What an event says about "
                + "taste.",
                ["type"] = "number",
                ["minimum"] = -1e6,
                ["maximum"] = 1e6
            },
            ["hides"] = new JsonObject
            {
                ["description"] = "Whether the item is never offered to the user "
                + "again.",
                ["type"] = "boolean"
            },
            ["value"] = new JsonObject
            {
                ["description"] = "How the value of an event counts.",
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray("ignore", "multiply") },
                    Closed(new() { ["positiveFrom"] = new JsonObject { ["type"] = "number" } })),
            },
            ["cancels"] = new JsonObject
            {
                ["description"] = "The type whose weight an event takes away; empty for "
                + "none.",
                ["type"] = "string"
            },
            ["aliases"] = new JsonObject
            {
                ["description"] = "Other names of the type.",
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = TypeName },
            },
            ["counts"] = new JsonObject
            {
                ["description"] = "What such an event is in metrics.",
                ["enum"] = new JsonArray("click", "conversion", "nothing"),
            },
            ["revenue"] = new JsonObject
            {
                ["description"] = "Whether the value of such a conversion is an amount of money.",
                ["type"] = "boolean",
            },
        }),
    };

    private static JsonObject Closed(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };
}
