using System.CommandLine;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;

namespace Recommendation.Cli.Commands;

internal static class QuarantineCommand
{
    private static readonly Option<bool> s_all = new("--all") { Description = "Also those that were redriven." };

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

    internal static Command Create() =>
        new Verb("quarantine", "Look at rejected records, and send them again.", "recommend quarantine list")
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
}
