using System.CommandLine;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Spectre.Console;

namespace Recommendation.Cli.Commands;

internal static class ModelsCommand
{
    private static readonly Argument<string> s_version = new("VERSION") { Description = "The model's version; see `recommend models list`." };

    internal static Command Create() => new Verb(
        "models",
        "Look at the trained models and choose the current one.",
        "recommend models list")
    {
        new Verb("list", "List the models, newest first.", "recommend models list --json").Runs(ListAsync),
        new Verb("promote", "Make a model the current one.", "recommend models promote 20101220T195000Z-0123abcd") { s_version }.Runs(PromoteAsync),
        new Verb("rollback", "Go back to the model that was current before.", "recommend models rollback").Runs(RollbackAsync),
    };

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var listed = await session.SendAsync(new ListModels(), cancellationToken);
        session.Terminal.Answer(listed.ToDocument(), CliJson.Default.ModelsDocument, output => Drawings.Draw(output, listed));
        return ExitCodes.Done;
    }

    private static async Task<int> PromoteAsync(Session session, ParseResult parse, CancellationToken cancellationToken) =>
        Answer(session, await session.SendAsync(new PromoteModel(UsageException.Model(parse.GetRequiredValue(s_version))), cancellationToken));

    private static async Task<int> RollbackAsync(Session session, ParseResult parse, CancellationToken cancellationToken) =>
        Answer(session, await session.SendAsync(new RollbackModel(), cancellationToken));

    private static int Answer(Session session, ModelPointer pointer)
    {
        session.Terminal.Answer(pointer.ToDocument(), CliJson.Default.PointerDocument, output =>
            output.MarkupLineInterpolated($"The current model is [bold]{pointer.Version}[/]; before it was {pointer.Previous?.Value ?? "none"}."));
        return ExitCodes.Done;
    }
}
