using System.CommandLine;
using Recommendation.Application.Profiles;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class RebuildCommand
{
    internal static Command Create() => new Verb(
        "rebuild",
        "Make the profiles anew from the log, where they differ from it.",
        "recommend rebuild").WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var rebuilt = await session.Terminal.WithProgressAsync(
            "Rebuilding profiles",
            report =>
                session.SendAsync(
                    new RebuildProfiles(Progress: new Reports<long>(users => report(0, $"{users:n0} users"))),
                    cancellationToken
                )
        );
        var document = new RebuildDocument(rebuilt.Users, rebuilt.Written, rebuilt.Unchanged, rebuilt.Behind);
        session.Terminal.Answer(document, CliJson.Default.RebuildDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
