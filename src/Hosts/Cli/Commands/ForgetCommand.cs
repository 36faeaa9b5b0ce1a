using System.CommandLine;
using System.Text;
using System.Text.Json;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Import;
using Recommendation.Local.Files;

namespace Recommendation.Cli.Commands;

internal static class ForgetCommand
{
    private static readonly Argument<string?> s_user = new("USER")
    {
        Description = "The user's id.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_receipt = new("--receipt")
    {
        Description = "Where to write the signed receipt.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_yes = new("--yes")
    {
        Description = "Erase without asking; needed where no terminal can answer.",
    };

    private static readonly Option<bool> s_status = new("--status")
    {
        Description = "List erasures, of USER or of all; erase nothing.",
    };

    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Continue the erasures that are not finished.",
    };

    internal static Command Create() => new Verb(
        "forget",
        "Erase a user from every place that holds personal data, after asking. This can't be undone.",
        "recommend forget 17850 --receipt receipt.json --yes")
    {
        s_user,
        s_receipt,
        s_yes,
        s_status,
        s_resume,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(s_status))
            return await ListAsync(
                session,
                parse.GetValue(s_user) is { } one ? UsageException.User(one) : null,
                cancellationToken
            );
        if (parse.GetValue(s_resume))
            return await ResumeAsync(session, cancellationToken);
        if (parse.GetValue(s_user) is not { } given)
            throw new UsageException("forget needs the id of a user, or --status or --resume.");
        return await EraseAsync(session, UsageException.User(given), parse, cancellationToken);
    }

    private static async Task<int> EraseAsync(
        Session session,
        UserId user,
        ParseResult parse,
        CancellationToken cancellationToken
    )
    {
        if (!parse.GetValue(s_yes))
            await ConfirmAsync(session, user, parse, cancellationToken);
        await using var file = parse.GetValue(s_receipt) is { } path ? Open(path) : null;
        var forgotten = await session.SendAsync(new ForgetUser(user), cancellationToken);
        if (file is not null && forgotten.Receipt is { } signed)
            await WriteAsync(file, signed, cancellationToken);
        var document = ForgottenDocument.From(forgotten);
        session.Terminal.Answer(document, CliJson.Default.ForgottenDocument, output => Drawings.Draw(output, document));
        if (forgotten.MergedErasures.Count > 0)
            session.Terminal.Warn(
                $"{forgotten.MergedErasures.Count} ids that were merged with '{user}' are erased as well, each with a "
                    + "receipt of its own: `recommend forget --status --json` shows them."
            );
        if (file is not null && forgotten.Receipt is null)
            session.Terminal.Warn(
                $"There is no receipt until the erasure is finished: `recommend forget {user} --status --json` shows "
                    + "it then."
            );
        return forgotten.Problem is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> ListAsync(Session session, UserId? user, CancellationToken cancellationToken)
    {
        var listed = await session.SendAsync(
            new ListErasures(IncludeFinished: true, Limit: user is null ? 100 : int.MaxValue),
            cancellationToken
        );
        Show(session, listed.Erasures.Where(erasure => user is null || erasure.User == user));
        return ExitCodes.Done;
    }

    private static async Task<int> ResumeAsync(Session session, CancellationToken cancellationToken)
    {
        var resumed = await session.SendAsync(new ResumeErasures(), cancellationToken);
        Show(session, resumed.Erasures);
        return resumed.Erasures.All(erasure => erasure.Problem is null) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void Show(Session session, IEnumerable<ForgottenUser> erasures)
    {
        var document = new ErasuresDocument([.. erasures.Select(ErasureStatusDocument.From)]);
        session.Terminal.Answer(document, CliJson.Default.ErasuresDocument, output => Drawings.Draw(output, document));
    }

    /// <summary>Before anything is erased: where no receipt can be written, nothing is.</summary>
    private static FileStream Open(string path)
    {
        try
        {
            // No buffer: what can't be written is said once, and not again when the file is closed.
            return PrivateFiles.Open(path, FileMode.OpenOrCreate, bufferSize: 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(
                $"The receipt can't be written to '{path}', so nothing was erased: {problem.Message} Give another "
                    + "path with --receipt."
            );
        }
    }

    private static async Task WriteAsync(FileStream file, SignedReceipt signed, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(signed, CliJson.Default.SignedReceipt);
        try
        {
            await file.WriteAsync(json, cancellationToken);
            await file.FlushAsync(cancellationToken);
            if (file.Length > json.Length)
                file.SetLength(json.Length);
        }
        catch (IOException problem)
        {
            throw new InputException(
                $"User '{signed.Receipt.UserId}' was erased, and the receipt could not be written to '{file.Name}' "
                + $"({problem.Message}). Keep this one: {Encoding.UTF8.GetString(json)}");
        }
    }

    /// <exception cref="UsageException">Nobody can be asked.</exception>
    /// <exception cref="RefusedException">The answer is no.</exception>
    private static async Task ConfirmAsync(
        Session session,
        UserId user,
        ParseResult parse,
        CancellationToken cancellationToken
    )
    {
        if (!Terminal.CanAsk)
        {
            throw new UsageException(
                $"forget would erase user '{user}' and can't ask, since standard input is no terminal; "
                + "add --yes to erase without asking.");
        }
        var profile = await session.SendAsync(new GetProfile(user), cancellationToken);
        var counted = profile is null ? "no profile" : $"a profile of {profile.InteractionCount:n0} interactions";
        if (profile is { HasLinks: true })
            counted += ", with those of the ids that were merged";
        var place = parse.GetValue(CommonOptions.Platform) is "aws"
            ? "the AWS platform"
            : $"'{parse.GetValue(CommonOptions.Data)}'";
        if (
            !Terminal.Ask(
                $"Erase user '{user}' ({counted}) from every place of {place} that holds personal data? This can't "
                    + "be undone."
            )
        )
            throw new RefusedException($"User '{user}' was not erased.");
    }
}
