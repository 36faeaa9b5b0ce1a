using System.CommandLine;
using System.CommandLine.Parsing;
using Recommendation.Domain;

namespace Recommendation.Cli.CommandLine;

/// <summary>The options that every command has, and <see cref="Count"/> for those that list something.</summary>
internal static class CommonOptions
{
    internal static readonly Option<string> Platform = new Option<string>("--platform")
    {
        Description =
            "Where it all is: 'local' (the data folder) or 'aws' (TABLE_NAME, BUCKET_NAME and STREAM_NAME; see "
                + "docs/cli.md).",
        DefaultValueFactory = _ => "local",
        Recursive = true,
    }.AcceptOnlyFromAmong("local", "aws");

    internal static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
        Recursive = true,
    };

    internal static readonly Option<string?> Settings = new("--settings")
    {
        Description =
            "The settings file; see docs/settings.md. Default: recommendation.json in the data folder, if it is there.",
        HelpName = "FILE",
        Recursive = true,
    };

    internal static readonly Option<DateTimeOffset?> AsOf = new("--as-of")
    {
        Description = "What counts as now, as ISO 8601 (2010-12-20T18:00:00Z). Default: the clock.",
        HelpName = "TIME",
        CustomParser = ParseTime,
        Recursive = true,
    };

    internal static readonly Option<bool> Json = new("--json")
    {
        Description = "One JSON document on standard output and nothing else; see docs/cli.md.",
        Recursive = true,
    };

    internal static readonly Option<int> Count = new("-n")
    {
        Description = "How many to show.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    internal static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Log what is done on standard error, one JSON document a line.",
        Recursive = true,
    };

    internal static void AddTo(Command root)
    {
        root.Options.Add(Platform);
        root.Options.Add(Data);
        root.Options.Add(Settings);
        root.Options.Add(AsOf);
        root.Options.Add(Json);
        root.Options.Add(Verbose);
    }

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Timestamps.Parse(text) is { } time)
            return time;
        result.AddError($"'{text}' is no time; --as-of takes ISO 8601, such as 2010-12-20T18:00:00Z.");
        return null;
    }
}
