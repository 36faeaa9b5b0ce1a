using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class WhatIfCommand
{
    private static readonly Option<string[]> s_event = new("--event")
    {
        Description = "Who, what, and the type of the interaction, such as view, purchase or dislike.",
        HelpName = "USER ITEM TYPE",
        Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    internal static Command Create() => new Verb(
        "what-if",
        "Show how one more event would change a user's list: what would enter, leave and move. Changes nothing.",
        "recommend what-if --event 17850 22197 purchase")
    {
        s_event, CommonOptions.Count,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var words = parse.GetRequiredValue(s_event);
        var request = new PreviewEvent(
            UsageException.User(words[0]),
            UsageException.Item(words[1]),
            UsageException.Type(words[2]),
            parse.GetValue(CommonOptions.Count)
        );
        var preview = await session.SendAsync(request, cancellationToken);
        session.Terminal.Answer(
            preview.ToDocument(),
            CliJson.Default.PreviewDocument,
            output => ReasonDrawings.Draw(output, preview)
        );
        return ExitCodes.Done;
    }
}
