using System.CommandLine;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;

namespace Recommendation.Cli.Commands;

internal static class QuarantineCommand
{
    private static readonly Option<bool> s_all = new("--all")
    {
        Description = "Also those that were redriven or dismissed.",
    };

    private static readonly Option<string?> s_reason = new("--reason")
    {
        Description = "Only those that were rejected for this, such as invalid-time.",
    };

    private static readonly Option<bool> s_oldest = new("--oldest")
    {
        Description = "The oldest first. Default: the newest.",
    };

    private static readonly Argument<string[]> s_positions = new("POSITION")
    {
        Description = "Which records, as `quarantine list` names them. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Argument<string[]> s_dismissed = new("POSITION")
    {
        Description = "Which records, as `quarantine list` names them; or choose them with --reason and --older-than.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int?> s_days = new("--older-than")
    {
        Description = "Only those that arrived more than so many days ago.",
        HelpName = "DAYS",
    };

    private static readonly Option<bool> s_yes = new("--yes")
    {
        Description = "Dismiss without asking; needed where no terminal can answer.",
    };

    internal static Command Create() =>
        new Verb(
            "quarantine",
            "Look at rejected records, send them again, or dismiss them.",
            "recommend quarantine list"
        )
        {
            new Verb("list", "List rejected records, each with the reason.", "recommend quarantine list -n 50 --json")
            {
                s_reason,
                s_oldest,
                s_all,
                CommonOptions.Count,
            }.WorksOn(ListAsync),
            new Verb(
                "redrive",
                "Validate rejected records again and append those that are valid now.",
                "recommend quarantine redrive"
            )
            {
                s_positions,
            }.WorksOn(RedriveAsync),
            new Verb(
                "dismiss",
                "Dismiss rejected records that are not to be sent again, after asking. They are kept, and listed with "
                    + "--all.",
                "recommend quarantine dismiss --reason malformed --older-than 30 --yes"
            )
            {
                s_dismissed,
                s_reason,
                s_days,
                s_yes,
            }.WorksOn(DismissAsync),
        };

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new ListQuarantine(parse.GetValue(CommonOptions.Count), parse.GetValue(s_all))
        {
            Reason = parse.GetValue(s_reason) is { } reason ? new RejectionCode(reason) : null,
            OldestFirst = parse.GetValue(s_oldest),
        };
        var listed = await session.SendAsync(request, cancellationToken);
        var document = listed.ToDocument();
        session.Terminal.Answer(
            document,
            CliJson.Default.QuarantineDocument,
            output => Drawings.Draw(output, document)
        );
        return ExitCodes.Done;
    }

    private static async Task<int> RedriveAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var positions = parse.GetValue(s_positions) is { Length: > 0 } given
            ? given.Select(UsageException.Position).ToHashSet()
            : null;
        var redriven = await session.SendAsync(new RedriveQuarantine(positions), cancellationToken);
        if (session.Partition is { } partition)
            await session.SendAsync(new CatchUpProfiles(partition), cancellationToken);
        var document = redriven.ToDocument();
        session.Terminal.Answer(document, CliJson.Default.RedriveDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }

    private static async Task<int> DismissAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new DismissQuarantine(
            parse.GetValue(s_dismissed) is { Length: > 0 } given
                ? given.Select(UsageException.Position).ToHashSet()
                : null
        )
        {
            Reason = parse.GetValue(s_reason) is { } reason ? new RejectionCode(reason) : null,
            OlderThan = DismissQuarantine.AgeOf(parse.GetValue(s_days)),
        };
        if (!parse.GetValue(s_yes))
            await ConfirmAsync(session, request, cancellationToken);
        var dismissed = await session.SendAsync(request, cancellationToken);
        session.Terminal.Answer(
            new DismissDocument(dismissed.Records),
            CliJson.Default.DismissDocument,
            output => output.Line($"{dismissed.Records:n0} records dismissed")
        );
        return ExitCodes.Done;
    }

    /// <exception cref="UsageException">Nobody can be asked.</exception>
    /// <exception cref="RefusedException">The answer is no.</exception>
    private static async Task ConfirmAsync(
        Session session,
        DismissQuarantine request,
        CancellationToken cancellationToken
    )
    {
        var chosen = (await session.SendAsync(request with { DryRun = true }, cancellationToken)).Records;
        if (!Terminal.CanAsk)
            throw new UsageException(
                $"quarantine dismiss would dismiss {chosen:n0} records and can't ask, since standard input is no "
                    + "terminal; add --yes to dismiss without asking."
            );
        if (!Terminal.Ask($"Dismiss {chosen:n0} records? They can't be sent again then."))
            throw new RefusedException("No record was dismissed.");
    }
}
