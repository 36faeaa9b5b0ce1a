using System.CommandLine;
using Recommendation.Cli.CommandLine;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>The options that say how a file of interactions is to be read.</summary>
internal static class ReadingOptions
{
    private static readonly Option<string> s_format = new Option<string>("--format")
    {
        Description = "What the file holds; 'auto' looks at its beginning.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "jsonl", "csv", "parquet", "online-retail");

    private static readonly Option<string> s_dates = new Option<string>("--dates")
    {
        Description =
            "The order of dates such as 1/2/2010: day/month/year or month/day/year; 'auto' tells it from the whole "
                + "file.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "dmy", "mdy");

    private static readonly Option<string?> s_preset = new Option<string?>("--preset")
    {
        Description = "A well-known format whose columns need to be named or combined.",
    }.AcceptOnlyFromAmong([.. ReadOptions.Presets]);

    private static readonly Option<string?> s_map = new("--map")
    {
        Description =
            "Which columns are meant, as userId=visitorid,itemId=sku; also interactionType, timestamp, eventId and "
                + "value.",
        HelpName = "FIELD=COLUMN,…",
    };

    private static readonly Option<string?> s_eventId = new("--event-id")
    {
        Description = "The columns that together name an event, where an order has several lines: order,item.",
        HelpName = "COLUMN,…",
    };

    internal static void AddTo(Command command)
    {
        foreach (var option in (Option[])[s_format, s_preset, s_map, s_eventId, s_dates])
            command.Options.Add(option);
    }

    /// <exception cref="UsageException">The map names no field, or no column.</exception>
    internal static ReadOptions Of(ParseResult parse) => new()
    {
        Format = parse.GetRequiredValue(s_format) switch
        {
            "jsonl" => FileFormat.JsonLines,
            "csv" => FileFormat.Csv,
            "parquet" => FileFormat.Parquet,
            "online-retail" => FileFormat.OnlineRetail,
            _ => FileFormat.Auto,
        },
        Dates = parse.GetRequiredValue(s_dates) switch
        {
            "dmy" => DateOrder.DayFirst,
            "mdy" => DateOrder.MonthFirst,
            _ => DateOrder.Auto,
        },
        Preset = parse.GetValue(s_preset),
        Map = MapOf(parse.GetValue(s_map), parse.GetValue(s_eventId)),
    };

    private static Dictionary<InteractionField, IReadOnlyList<string>> MapOf(string? map, string? eventId)
    {
        var fields = new Dictionary<InteractionField, List<string>>();
        List<string>? current = null;
        foreach (var part in Parts(map))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
                fields[FieldOf(part[..equals])] = current = [];
            if (current is null || equals == part.Length - 1)
                throw new UsageException($"--map '{part}' is not FIELD=COLUMN, such as userId=visitorid.");
            current.Add(part[(equals + 1)..].Trim());
        }
        if (eventId is not null)
            fields[InteractionField.EventId] = [.. Parts(eventId)];
        return fields.ToDictionary(field => field.Key, field => (IReadOnlyList<string>)field.Value);
    }

    private static string[] Parts(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static InteractionField FieldOf(string name) =>
        Enum.TryParse<InteractionField>(name.Trim(), ignoreCase: true, out var field)
        && Enum.IsDefined(field)
        && !char.IsAsciiDigit(name.Trim()[0])
            ? field
            : throw new UsageException(
                $"--map '{name}' is no field; there are userId, itemId, interactionType, timestamp, eventId, value, "
                    + "currency and recommendationId."
            );
}
