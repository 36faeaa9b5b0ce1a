using System.CommandLine;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Application.Receipts;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Import;
using Spectre.Console;

namespace Recommendation.Cli.Commands;

internal static class ReceiptCommand
{
    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "The receipt, as it was handed out.",
    };

    private static readonly Option<string?> s_key = new("--key")
    {
        Description =
            "A file with the public key in PEM, as `recommend receipt key` prints it. Default: the platform's own key.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_yes = new("--yes")
    {
        Description = "Make the key without asking; needed where no terminal can answer.",
    };

    internal static Command Create() =>
        new Verb(
            "receipt",
            "Receipts of erasure: whether one is genuine, and the key to check them with elsewhere.",
            "recommend receipt verify receipt.json"
        )
        {
            new Verb(
                "verify",
                "Say whether a receipt is ours and unchanged.",
                "recommend receipt verify receipt.json --key receipts.pem"
            )
            {
                s_file,
                s_key,
            }.Runs(VerifyAsync),
            new Verb("key", "Print the public key.", "recommend receipt key").WorksOn(KeyAsync),
            new Verb(
                "new-key",
                "Make another key after the old one was lost. Receipts of before can then be verified only with a copy "
                    + "of the old public key.",
                "recommend receipt new-key --yes"
            )
            {
                s_yes,
            }.WorksOn(NewKeyAsync),
        };

    private static async Task<int> VerifyAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var receipt = await ReadAsync(parse.GetRequiredValue(s_file), cancellationToken);
        if (parse.GetValue(s_key) is null && parse.GetValue(CommonOptions.Platform) is not "aws")
            ExistingData.Require(parse.GetValue(CommonOptions.Data)!);
        var key = parse.GetValue(s_key) is { } path ? await TextOfAsync(path, cancellationToken) : null;
        var verified = await session.SendAsync(new VerifyReceipt(receipt, key), cancellationToken);
        var document = new VerifiedDocument(verified.Problem is null, verified.Problem, verified.Receipt);
        session.Terminal.Answer(document, CliJson.Default.VerifiedDocument, output => Draw(output, document));
        return document.Genuine ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> KeyAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var key = await session.SendAsync(new ShowReceiptKey(), cancellationToken);
        session.Terminal.Answer(key, CliJson.Default.ReceiptKey, output => output.WriteLine(key.PublicKey));
        return ExitCodes.Done;
    }

    private static async Task<int> NewKeyAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        const string question =
            "Make another key for receipts? Receipts of the lost key can then be verified only with a copy of its "
            + "public key.";
        if (!parse.GetValue(s_yes) && !Terminal.CanAsk)
            throw new UsageException(
                "receipt new-key can't ask, since standard input is no terminal; add --yes to make the key."
            );
        if (!parse.GetValue(s_yes) && !Terminal.Ask(question))
            throw new RefusedException("No key was made.");
        var key = await session.SendAsync(new ReplaceReceiptKey(), cancellationToken);
        session.Terminal.Answer(key, CliJson.Default.ReceiptKey, output => output.WriteLine(key.PublicKey));
        return ExitCodes.Done;
    }

    private static void Draw(IAnsiConsole output, VerifiedDocument document)
    {
        var receipt = document.Receipt;
        if (document.Genuine && receipt.Found is false)
            output.Line(
                $"[bold]Genuine.[/] Nothing was kept of {receipt.UserId} at {receipt.ErasedAt}: never seen under "
                    + $"this id, or erased before. Signed by key {receipt.KeyId}."
            );
        else if (document.Genuine)
            output.Line(
                $"[bold]Genuine.[/] {receipt.UserId} was erased at {receipt.ErasedAt}: "
                    + $"{receipt.Removed.InteractionsInLog:n0} interactions and "
                    + $"{receipt.Removed.QuarantinedRecords:n0} quarantined records removed. Signed by key "
                    + $"{receipt.KeyId}."
            );
        else
            output.Line($"[bold red]Not genuine.[/] {document.Problem}");
    }

    private static async Task<SignedReceipt> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(
                    await TextOfAsync(path, cancellationToken),
                    ReceiptJson.Default.SignedReceipt
                ) ?? throw new InputException($"'{path}' holds no receipt.");
        }
        catch (JsonException problem)
        {
            throw new InputException(
                $"'{path}' is not a receipt as an erasure answers with, unchanged: {problem.Message}"
            );
        }
    }

    private static async Task<string> TextOfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' can't be read: {problem.Message}");
        }
    }
}
