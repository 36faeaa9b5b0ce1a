using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class RecommendCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    internal static Command Create()
    {
        var command = new Verb(
            "recommend",
            "Show what to recommend to a user now, and why.",
            "recommend user 17850 -n 5")
        {
            s_user, CommonOptions.Count, FilterOptions.Category, FilterOptions.Exclude,
        };
        // So that nobody has to write `recommend recommend`.
        command.Aliases.Add("user");
        command.Aliases.Add("for");
        return command.WorksOn(RunAsync);
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var user = UsageException.User(parse.GetRequiredValue(s_user));
        var list = await session.SendAsync(
            new Recommend(user, parse.GetValue(CommonOptions.Count), FilterOptions.Read(parse)),
            cancellationToken
        );
        session.Terminal.Answer(
            list.ToDocument(),
            CliJson.Default.ListDocument,
            output => Drawings.Draw(output, list, $"For {user}")
        );
        return ExitCodes.Done;
    }
}
