using System.CommandLine;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class ProfileCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    internal static Command Create() => new Verb(
        "profile",
        "Show what is kept of a user's interactions.",
        "recommend profile 17850")
    {
        s_user, CommonOptions.Count,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var user = UsageException.User(parse.GetRequiredValue(s_user));
        var profile = await session.SendAsync(new GetProfile(user), cancellationToken)
            ?? throw new RefusedException($"There is no profile of user '{user}': never seen, or erased.");
        var document = ProfileDocument.From(profile);
        session.Terminal.Answer(
            document,
            CliJson.Default.ProfileDocument,
            output => Drawings.Draw(output, document, parse.GetValue(CommonOptions.Count))
        );
        return ExitCodes.Done;
    }
}
