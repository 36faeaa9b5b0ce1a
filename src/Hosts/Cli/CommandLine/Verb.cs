using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recommendation.Cli.CommandLine;

/// <summary>A command whose help ends with an example.</summary>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    private string Example { get; } = example;

    /// <summary>The help option that shows the examples.</summary>
    internal static HelpOption Help()
    {
        var option = new HelpOption();
        option.Action = new HelpWithExample((HelpAction)option.Action!);
        return option;
    }

    /// <summary>Gives the verb its action: a session over the platform that the options name.</summary>
    internal Verb Runs(Func<Session, ParseResult, CancellationToken, Task<int>> action)
    {
        SetAction(async (parse, cancellationToken) =>
        {
            await using var session = Session.Open(parse);
            return await action(session, parse, cancellationToken);
        });
        return this;
    }

    private sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var result = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is Verb verb)
                parseResult.InvocationConfiguration.Output.WriteLine($"Example:{Environment.NewLine}  {verb.Example}{Environment.NewLine}");
            return result;
        }
    }
}
