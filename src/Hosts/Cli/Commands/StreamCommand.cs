using System.CommandLine;
using Recommendation.Aws.Kinesis;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class StreamCommand
{
    private static readonly Option<bool> s_untilEmpty = new("--until-empty")
    {
        Description = "Read every shard from its checkpoint to what is in it now, then end.",
        Required = true,
    };

    internal static Command Create() => new Verb(
        "stream",
        "Apply and archive what is in the stream: for development, where no function is deployed that does.",
        "recommend stream --until-empty --platform aws")
    {
        s_untilEmpty,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var drain = session.Part<StreamDrain>();
        var drained = await session.Terminal.WithProgressAsync(
            "Reading the stream",
            report =>
                drain.UntilEmptyAsync(
                    session.SendAsync,
                    new Reports<DrainedStream>(stream => report(0, $"{stream.Records:n0} records")),
                    cancellationToken
                )
        );
        var document = new StreamDocument(
            drained.Records,
            drained.Counted,
            drained.Dropped,
            drained.Quarantined,
            drained.ProfilesWritten
        );
        session.Terminal.Answer(document, CliJson.Default.StreamDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
