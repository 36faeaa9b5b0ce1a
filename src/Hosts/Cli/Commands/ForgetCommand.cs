using System.CommandLine;
using Recommendation.Application.Profiles;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain;

namespace Recommendation.Cli.Commands;

internal static class ForgetCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    internal static Command Create() => new Verb(
        "forget",
        "Erase a user from profiles, lists, log and quarantine. This can't be undone.",
        "recommend forget 17850")
    {
        s_user,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var forgotten = await session.SendAsync(new ForgetUser(UsageException.User(parse.GetRequiredValue(s_user))), cancellationToken);
        var document = new ForgottenDocument(
            forgotten.User.Value, Timestamps.Format(forgotten.ErasedAt), forgotten.InteractionsCounted,
            forgotten.InteractionsRemoved, forgotten.QuarantinedRemoved);
        session.Terminal.Answer(document, CliJson.Default.ForgottenDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
