using System.CommandLine;
using System.CommandLine.Help;
using Recommendation.Application.Erasures;
using Recommendation.Local;

namespace Recommendation.Cli.CommandLine;

/// <summary>A command whose help ends with an example.</summary>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    internal string Example { get; } = example;

    /// <summary>The help option that shows the examples.</summary>
    internal static HelpOption Help()
    {
        var option = new HelpOption();
        option.Action = new HelpWithExample((HelpAction)option.Action!);
        return option;
    }

    /// <summary>
    /// Gives the verb its action: a session over the platform that the options name. It creates the data folder if it
    /// is missing.
    /// </summary>
    internal Verb Runs(Func<Session, ParseResult, CancellationToken, Task<int>> action) =>
        Does(action, needsData: false);

    /// <summary>
    /// Gives a verb its action that works on what is there. Where the data folder holds nothing it is refused, for the
    /// name is mistyped more often than not, and an empty folder would only hide that.
    /// </summary>
    internal Verb WorksOn(Func<Session, ParseResult, CancellationToken, Task<int>> action) =>
        Does(action, needsData: true);

    private Verb Does(Func<Session, ParseResult, CancellationToken, Task<int>> action, bool needsData)
    {
        SetAction(async (parse, cancellationToken) =>
        {
            if (needsData && parse.GetValue(CommonOptions.Platform) is not "aws")
                ExistingData.Require(parse.GetValue(CommonOptions.Data)!);
            await using var session = Session.Open(parse);
            if (session.Partition is not null && LocalPlatform.HasDatabase(parse.GetValue(CommonOptions.Data)!))
                await EraseRestoredAsync(session, cancellationToken);
            return await action(session, parse, cancellationToken);
        });
        return this;
    }

    /// <summary>Before anything is shown: a restore may have brought back who was erased.</summary>
    private static async Task EraseRestoredAsync(Session session, CancellationToken cancellationToken)
    {
        var restored = await session.SendAsync(new EraseRestored(), cancellationToken);
        foreach (var erasure in restored.Erasures)
        {
            session.Terminal.Warn(
                erasure.IsFinished
                    ? $"User '{erasure.User}' was erased again: the data folder held data from before erasure "
                        + $"{erasure.Id}, as after a restore."
                    : $"User '{erasure.User}' was erased before, and a restore brought the user back. Erasing again "
                        + $"stopped: {erasure.Problem} `recommend forget --resume` goes on."
            );
        }
    }
}
