using System.CommandLine;
using Recommendation.Aws.Platform;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class PlatformCommand
{
    private static readonly Option<int> s_shards = new("--shards")
    {
        Description = "How many shards a new stream gets; 1–100.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
    };

    internal static Command Create() => new Verb(
        "platform",
        "The AWS resources that the commands work on.",
        "recommend platform init --platform aws")
    {
        new Verb(
            "init",
            "Create the table, bucket and stream where they are missing. For development: the deployed stack sets "
                + "much more.",
            "recommend platform init --platform aws --shards 2")
        {
            s_shards,
        }.Runs(InitAsync),
    };

    private static async Task<int> InitAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var shards = parse.GetValue(s_shards);
        if (shards is < 1 or > 100)
            throw new UsageException($"--shards is {shards}; give 1–100.");
        var document = new PlatformDocument(await session.Part<PlatformSetup>().CreateAsync(shards, cancellationToken));
        session.Terminal.Answer(document, CliJson.Default.PlatformDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
