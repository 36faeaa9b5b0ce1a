using System.CommandLine;
using FluentValidation;
using Recommendation.Application.Ports;
using Recommendation.Cli.Output;
using Recommendation.Import;

namespace Recommendation.Cli.CommandLine;

/// <summary>The edge of the host: parses, runs the command, and turns every failure into one sentence and an exit code.</summary>
internal static class CommandRunner
{
    internal static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parse = root.Parse(args);
        var terminal = new Terminal(json: args.Contains("--json"));
        if (parse.Errors.Count > 0)
            return terminal.Fail(ExitCodes.WrongUsage, "usage", $"{parse.Errors[0].Message} See `recommend {Path(parse)}--help`.");
        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure)
        {
            var (exitCode, code, message) = Explain(failure);
            return terminal.Fail(exitCode, code, message);
        }
    }

    /// <summary>Gives a command its action: a session over the platform that the options name.</summary>
    internal static Command Runs(this Command command, Func<Session, ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var session = Session.Open(parse);
            return await action(session, parse, cancellationToken);
        });
        return command;
    }

    private static (int ExitCode, string Code, string Message) Explain(Exception failure) => failure switch
    {
        ValidationException or UsageException => (ExitCodes.WrongUsage, "usage", failure.Message),
        OperationCanceledException => (ExitCodes.Failed, "stopped", "Stopped. What was done so far is kept; the same command goes on from there."),
        RefusedException => (ExitCodes.Failed, "refused", failure.Message),
        InputException => (ExitCodes.Failed, "input", failure.Message),
        UnavailableException => (ExitCodes.Failed, "unavailable", failure.Message),
        StoredFormatException => (ExitCodes.Failed, "format", failure.Message),
        _ => (ExitCodes.Failed, "unexpected", $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} This is a defect; run again with --verbose and report it."),
    };

    private static string Path(ParseResult parse) =>
        parse.CommandResult.Command is RootCommand ? "" : string.Join(' ', Names(parse.CommandResult).Reverse()) + " ";

    private static IEnumerable<string> Names(System.CommandLine.Parsing.SymbolResult? result)
    {
        for (; result is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command; result = result.Parent)
            yield return command.Command.Name;
    }
}
