using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class ExplainCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };
    private static readonly Argument<string> s_item = new("ITEM") { Description = "The item's id." };

    internal static Command Create() => new Verb(
        "explain",
        "Show why an item is recommended to a user, or is not: every contribution to its score. Changes nothing.",
        "recommend explain 17850 22197")
    {
        s_user, s_item,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (user, item) = (
            UsageException.User(parse.GetRequiredValue(s_user)),
            UsageException.Item(parse.GetRequiredValue(s_item))
        );
        var explained = await session.SendAsync(new ExplainRecommendation(user, item), cancellationToken);
        session.Terminal.Answer(
            ExplanationDocument.From(explained),
            CliJson.Default.ExplanationDocument,
            output => ReasonDrawings.Draw(output, explained)
        );
        return ExitCodes.Done;
    }
}
