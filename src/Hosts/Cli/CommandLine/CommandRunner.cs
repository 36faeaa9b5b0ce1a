using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Amazon.Runtime;
using FluentValidation;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Cli.Output;
using Recommendation.Import;

namespace Recommendation.Cli.CommandLine;

/// <summary>
/// The edge of the host: parses, runs the command, and turns every failure into one sentence and an exit code.
/// </summary>
internal static class CommandRunner
{
    /// <summary>
    /// The parser keeps the names of a command and its parent in one table, and the program has the name of its verb
    /// `recommend`; so the root is called otherwise, and its help is corrected before it is shown.
    /// </summary>
    internal const string RootName = "recommend-program";

    private const int BrokenPipe = 32; // EPIPE
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);

    // A response file would read `@ann` as the name of a file with more arguments; here it is the id of a user.
    internal static readonly ParserConfiguration Literal = new() { ResponseFileTokenReplacer = null };

    internal static async Task<int> RunAsync(Command root, string[] args)
    {
        var parse = root.Parse(args, Literal);
        var terminal = new Terminal(json: args.Contains("--json"));
        if (parse.Errors.Count > 0)
            return terminal.Fail(
                ExitCodes.WrongUsage,
                "usage",
                $"{UsageProblem(parse)} See `recommend {Path(parse)}--help`."
            );
        if (parse.Action is not HelpWithExample && Suggestion.MistypedOption(parse) is { } option)
            return terminal.Fail(
                ExitCodes.WrongUsage,
                "usage",
                $"{Unknown(parse, option)} Write `-- {option}` if it is meant as an argument. See "
                    + $"`recommend {Path(parse)}--help`."
            );
        try
        {
            using var help = new StringWriter();
            var exitCode = await parse.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = help }
            );
            await Console.Out.WriteAsync(help.ToString().Replace(RootName, "recommend", StringComparison.Ordinal));
            return exitCode;
        }
        catch (Exception failure)
        {
            var (exitCode, code, message) = Explain(failure);
            return terminal.Fail(exitCode, code, message);
        }
    }

    private static string UsageProblem(ParseResult parse) => parse.UnmatchedTokens.Count > 0
        ? Unknown(parse, Suggestion.MistypedOption(parse) ?? parse.UnmatchedTokens[0])
        : OneLine(parse.Errors[0].Message);

    private static string Unknown(ParseResult parse, string word) =>
        $"'{word}' is no command, option or argument here.{Suggestion.For(word, parse.CommandResult)}";

    internal static (int ExitCode, string Code, string Message) Explain(Exception failure) =>
        failure switch
        {
            AggregateException { InnerExceptions: [var only] } => Explain(only),
            ValidationException or UsageException or OptionsValidationException => (
                ExitCodes.WrongUsage,
                "usage",
                failure.Message
            ),
            OperationCanceledException => (
                ExitCodes.Failed,
                "stopped",
                "Stopped. What was done so far is kept; the same command goes on from there."
            ),
            RefusedException refusal => (ExitCodes.Failed, "refused", Hints.Sentence(refusal)),
            InputException => (ExitCodes.Failed, "input", failure.Message),
            UnavailableException => (ExitCodes.Failed, "unavailable", failure.Message),
            StoredFormatException => (ExitCodes.Failed, "format", failure.Message),
            // What a handler is made of could not be made; the container's words for that help nobody.
            InvalidOperationException { InnerException: { } cause } => Explain(cause),
            AmazonClientException => (
                ExitCodes.Failed,
                "unavailable",
                $"{OneLine(failure.Message)}; check AWS_REGION, the credentials and AWS_ENDPOINT_URL."
            ),
            HttpRequestException or SocketException or TimeoutException => (
                ExitCodes.Failed,
                "unavailable",
                $"{Sentence(failure)} Check the network and the address, then try again."
            ),
            UnauthorizedAccessException => (
                ExitCodes.Failed,
                "unavailable",
                $"{Sentence(failure)} Check that this account may read and write there."
            ),
            OutOfMemoryException => (
                ExitCodes.Failed,
                "unavailable",
                "There is not enough memory for this; give the process more, or a smaller file."
            ),
            IOException { HResult: BrokenPipe or WindowsBrokenPipe } => (
                ExitCodes.Failed,
                "stopped",
                "Whoever read the output has closed it."
            ),
            IOException => (
                ExitCodes.Failed,
                "unavailable",
                $"{Sentence(failure)} Check the path, the rights and the space on the disk, then try again."
            ),
            _ => (
                ExitCodes.Failed,
                "unexpected",
                $"{failure.GetType().Name}: {OneLine(failure.Message)} This is a defect; run again with --verbose "
                    + "and report it."
            ),
        };

    private static string Sentence(Exception failure) =>
        OneLine(failure.Message) is var text && text.EndsWith('.') ? text : text + ".";

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            text.Split(
                (char[])['\r', '\n', '\t'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        );

    private static string Path(ParseResult parse) =>
        string.Concat(Names(parse.CommandResult).Reverse().Select(name => name + " "));

    private static IEnumerable<string> Names(SymbolResult? result)
    {
        for (; result is CommandResult { Parent: not null } command; result = result.Parent)
            yield return command.Command.Name;
    }
}
