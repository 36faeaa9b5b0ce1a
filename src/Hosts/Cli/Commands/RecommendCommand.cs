using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class RecommendCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    private static readonly Option<string?> s_scenario = new("--scenario")
    {
        Description = "The scenario whose rules the list follows; see `recommend scenarios`.",
        HelpName = "NAME",
    };

    internal static Command Create()
    {
        var command = new Verb(
            "recommend",
            "Show what to recommend to a user now, and why.",
            "recommend user 17850 -n 5")
        {
            s_user, s_scenario, CommonOptions.Count, FilterOptions.Category, FilterOptions.Exclude,
        };
        // So that nobody has to write `recommend recommend`.
        command.Aliases.Add("user");
        command.Aliases.Add("for");
        return command.WorksOn(RunAsync);
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var user = UsageException.User(parse.GetRequiredValue(s_user));
        var (count, filter) = (parse.GetValue(CommonOptions.Count), FilterOptions.Read(parse));
        var list = parse.GetValue(s_scenario) is { } scenario
            ? await session.SendAsync(
                new RecommendForScenario(UsageException.Scenario(scenario), user)
                {
                    Count = count,
                    Filter = filter ?? ListFilter.None,
                },
                cancellationToken)
            : await session.SendAsync(new Recommend(user, count, filter), cancellationToken);
        session.Terminal.Answer(
            list.ToDocument(),
            CliJson.Default.ListDocument,
            output => Drawings.Draw(output, list, $"For {user}")
        );
        return ExitCodes.Done;
    }
}
