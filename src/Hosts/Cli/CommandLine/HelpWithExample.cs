using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recommendation.Cli.CommandLine;

/// <summary>Shows the help of a command, and its example after it.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Who asks how a command is written has not written it yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
            parseResult.InvocationConfiguration.Output.WriteLine(
                $"Example:{Environment.NewLine}  {verb.Example}{Environment.NewLine}"
            );
        return result;
    }
}
