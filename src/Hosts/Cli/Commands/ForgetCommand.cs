using System.CommandLine;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;

namespace Recommendation.Cli.Commands;

internal static class ForgetCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    private static readonly Option<string?> s_receipt = new("--receipt") { Description = "Where to write the signed receipt.", HelpName = "FILE" };

    private static readonly Option<bool> s_yes = new("--yes") { Description = "Erase without asking; needed where no terminal can answer." };

    internal static Command Create() => new Verb(
        "forget",
        "Erase a user from profiles, lists, log and quarantine, after asking. This can't be undone.",
        "recommend forget 17850 --receipt receipt.json --yes")
    {
        s_user,
        s_receipt,
        s_yes,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var user = UsageException.User(parse.GetRequiredValue(s_user));
        if (!parse.GetValue(s_yes))
            await ConfirmAsync(session, user, parse, cancellationToken);
        var signed = await session.SendAsync(new ForgetWithReceipt(user), cancellationToken);
        if (parse.GetValue(s_receipt) is { } path)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(signed, CliJson.Default.SignedReceipt), cancellationToken);
        var receipt = signed.Receipt;
        var document = new ForgottenDocument(
            receipt.UserId, receipt.ErasedAt, receipt.Found is true, receipt.Removed.InteractionsCounted, receipt.Removed.InteractionsInLog, receipt.Removed.QuarantinedRecords);
        session.Terminal.Answer(document, CliJson.Default.ForgottenDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }

    /// <exception cref="UsageException">Nobody can be asked.</exception>
    /// <exception cref="RefusedException">The answer is no.</exception>
    private static async Task ConfirmAsync(Session session, UserId user, ParseResult parse, CancellationToken cancellationToken)
    {
        if (!Terminal.CanAsk)
            throw new UsageException($"forget would erase user '{user}' and can't ask, since standard input is no terminal; add --yes to erase without asking.");
        var profile = await session.SendAsync(new GetProfile(user), cancellationToken);
        var counted = profile is null ? "no profile" : $"a profile of {profile.InteractionCount:n0} interactions";
        var place = parse.GetValue(CommonOptions.Platform) is "aws" ? "the AWS platform" : $"'{parse.GetValue(CommonOptions.Data)}'";
        if (!Terminal.Ask($"Erase user '{user}' ({counted}) from profiles, lists, log and quarantine of {place}? This can't be undone."))
            throw new RefusedException($"User '{user}' was not erased.");
    }
}
