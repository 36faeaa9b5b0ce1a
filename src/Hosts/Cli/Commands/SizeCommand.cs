using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Recommendation.Aws.Costs;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class SizeCommand
{
    private const double Most = 1e11;

    private static readonly Option<long> s_users = new("--users")
    {
        Description = "The users of a month; each is ranked every night. 1e8 is 100,000,000.",
        HelpName = "N",
        Required = true,
        CustomParser = Number,
    };

    private static readonly Option<long> s_events = new("--events-per-day")
    {
        Description = "The events of a day.",
        HelpName = "N",
        Required = true,
        CustomParser = Number,
    };

    internal static Command Create()
    {
        var command = new Verb(
            "size",
            "What a load needs of the deployed stack: settings, limits and cost, and what breaks first.",
            "recommend size --users 1e8 --events-per-day 1e9"
        )
        {
            s_users, s_events,
        };
        // No session: nothing is read, here or on AWS.
        command.SetAction(parse => Run(new Terminal(parse.GetValue(CommonOptions.Json)), parse));
        return command;
    }

    private static int Run(Terminal terminal, ParseResult parse)
    {
        var events = parse.GetValue(s_events);
        var workload = new Workload(string.Create(CultureInfo.InvariantCulture, $"{events:n0} a day"), events)
        {
            IsProtected = true,
            Users = parse.GetValue(s_users),
        };
        var document = LoadSizeDocument.Of(workload, new MeasuredSizes());
        terminal.Answer(document, CliJson.Default.LoadSizeDocument, document.Draw);
        return ExitCodes.Done;
    }

    private static long Number(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= Most)
            return (long)number;
        argument.AddError($"'{text}' is not a number from 1 to 1e11, such as 250000 or 1e8.");
        return 0;
    }
}
