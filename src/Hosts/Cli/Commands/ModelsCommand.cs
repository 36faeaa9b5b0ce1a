using System.CommandLine;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Models;

namespace Recommendation.Cli.Commands;

internal static class ModelsCommand
{
    private static readonly Argument<string> s_version = new("VERSION")
    {
        Description = "The model's version; see `recommend models list`.",
    };

    private static readonly Argument<string?> s_gated = new("VERSION")
    {
        Description = "The model's version. Default: the newest.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_artefact = new("--artefact")
    {
        Description = "A model.tar.gz that was made elsewhere (a path; s3://bucket/key on AWS); it is published first.",
        HelpName = "PLACE",
    };

    private static readonly Option<bool> s_all = new("--all")
    {
        Description = "Also list the candidates whose refitted models are listed.",
    };

    private static readonly Option<bool> s_force = new("--force")
    {
        Description = "Take a model that the gate turned away.",
    };

    internal static Command Create() => new Verb(
        "models",
        "Look at the trained models and choose the current one.",
        "recommend models list")
    {
        new Verb("list", "List the models, newest first.", "recommend models list -n 50 --json")
        {
            s_all,
            CommonOptions.Count,
        }.WorksOn(ListAsync),
        new Verb(
            "gate",
            "Measure a model against the versions before it on interactions that none of them was trained on. Points "
                + "at nothing.",
            "recommend models gate 20101220T195000Z-0123abcd")
        {
            s_gated, s_artefact,
        }.WorksOn(GateAsync),
        new Verb(
            "promote",
            "Make a model the current one.",
            "recommend models promote 20101220T195000Z-0123abcd"
        ) { s_version, s_force }.WorksOn(PromoteAsync),
        new Verb(
            "rollback",
            "Go back to the model that was current before.",
            "recommend models rollback"
        ).WorksOn(RollbackAsync),
    };

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var listed = await session.SendAsync(
            new ListModels(parse.GetValue(s_all), parse.GetValue(CommonOptions.Count)),
            cancellationToken
        );
        session.Terminal.Answer(
            listed.ToDocument(),
            CliJson.Default.ModelsDocument,
            output => ModelDrawings.Draw(output, listed)
        );
        return ExitCodes.Done;
    }

    private static async Task<int> GateAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var version = parse.GetValue(s_gated) is { } text ? UsageException.Model(text) : (ModelVersion?)null;
        var gated = await session.SendAsync(new GateModel(version, parse.GetValue(s_artefact)), cancellationToken);
        session.Terminal.Answer(
            ModelDocument.From(gated),
            CliJson.Default.ModelDocument,
            output => ModelDrawings.Draw(output, gated)
        );
        return gated.Verdict.Passed ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> PromoteAsync(
        Session session,
        ParseResult parse,
        CancellationToken cancellationToken
    ) =>
        Answer(
            session,
            await session.SendAsync(
                new PromoteModel(
                    UsageException.Model(parse.GetRequiredValue(s_version)),
                    Force: parse.GetValue(s_force)
                ),
                cancellationToken
            )
        );

    private static async Task<int> RollbackAsync(
        Session session,
        ParseResult parse,
        CancellationToken cancellationToken
    ) => Answer(session, await session.SendAsync(new RollbackModel(), cancellationToken));

    private static int Answer(Session session, ModelPointer pointer)
    {
        session.Terminal.Answer(
            PointerDocument.From(pointer),
            CliJson.Default.PointerDocument,
            output =>
                output.Line(
                    $"The current model is [bold]{pointer.Version}[/]; before it was "
                        + $"{pointer.Previous?.Value ?? "none"}."
                )
        );
        return ExitCodes.Done;
    }
}
