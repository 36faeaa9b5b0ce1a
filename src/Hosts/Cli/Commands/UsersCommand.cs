using System.CommandLine;
using Recommendation.Application.Profiles;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class UsersCommand
{
    private static readonly Argument<string> s_anonymous = new("ANONYMOUS")
    {
        Description = "The id that events had before the login.",
    };

    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    internal static Command Create() => new Verb(
        "users",
        "Merge anonymous ids into users.",
        "recommend users merge visitor-1 17850")
    {
        new Verb(
            "merge",
            "Merge an anonymous id into a user, as at a login: both are one person from then on.",
            "recommend users merge visitor-1 17850")
        {
            s_anonymous, s_user,
        }.WorksOn(MergeAsync),
    };

    private static async Task<int> MergeAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var anonymous = UsageException.User(parse.GetRequiredValue(s_anonymous));
        var user = UsageException.User(parse.GetRequiredValue(s_user));
        var merged = await session.SendAsync(new MergeUsers(anonymous, user), cancellationToken);
        session.Terminal.Answer(
            MergedUserDocument.From(merged),
            CliJson.Default.MergedUserDocument,
            output =>
            {
                if (merged.IsNew)
                    output.Line($"'{anonymous}' and '{user}' are one person from now on.");
                else
                    output.Line($"'{anonymous}' was merged into '{user}' before; nothing changed.");
            });
        return ExitCodes.Done;
    }
}
