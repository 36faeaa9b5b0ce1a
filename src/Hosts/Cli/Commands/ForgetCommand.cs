using System.CommandLine;
using System.Text.Json;
using Recommendation.Application.Receipts;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class ForgetCommand
{
    private static readonly Argument<string> s_user = new("USER") { Description = "The user's id." };

    private static readonly Option<string?> s_receipt = new("--receipt") { Description = "Where to write the signed receipt.", HelpName = "FILE" };

    internal static Command Create() => new Verb(
        "forget",
        "Erase a user from profiles, lists, log and quarantine. This can't be undone.",
        "recommend forget 17850 --receipt receipt.json")
    {
        s_user,
        s_receipt,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var signed = await session.SendAsync(new ForgetWithReceipt(UsageException.User(parse.GetRequiredValue(s_user))), cancellationToken);
        if (parse.GetValue(s_receipt) is { } path)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(signed, CliJson.Default.SignedReceipt), cancellationToken);
        var receipt = signed.Receipt;
        var document = new ForgottenDocument(
            receipt.UserId, receipt.ErasedAt, receipt.Removed.InteractionsCounted, receipt.Removed.InteractionsInLog, receipt.Removed.QuarantinedRecords);
        session.Terminal.Answer(document, CliJson.Default.ForgottenDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
