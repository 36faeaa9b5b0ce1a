using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Cli.CommandLine;

/// <summary>
/// The command line says something that can't be meant. The message is a sentence that says what to write instead.
/// </summary>
internal sealed class UsageException(string message) : Exception(message)
{
    internal static UserId User(string text) => Read(UserId.Parse, text);

    internal static ItemId Item(string text) => Read(ItemId.Parse, text);

    internal static ScenarioName Scenario(string text) => Read(ScenarioName.Parse, text);

    internal static InteractionType Type(string text) => Read(InteractionType.Parse, text);

    internal static BatchRunId Run(string text) => Read(BatchRunId.Parse, text);

    internal static ModelVersion Model(string text) => Read(ModelVersion.Parse, text);

    internal static Position Position(string text) => Read(Domain.Interactions.Position.Parse, text);

    private static T Read<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new UsageException(
                wrong is ArgumentException ? wrong.Message.Split(" (Parameter", 2)[0] : wrong.Message
            );
        }
    }
}
