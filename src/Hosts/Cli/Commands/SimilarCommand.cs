using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class SimilarCommand
{
    private static readonly Argument<string> s_item = new("ITEM") { Description = "The item's id." };

    internal static Command Create() => new Verb(
        "similar",
        "Show the items that go with an item.",
        "recommend similar 85123A -n 5")
    {
        s_item, CommonOptions.Count, FilterOptions.Category, FilterOptions.Exclude,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var item = UsageException.Item(parse.GetRequiredValue(s_item));
        var list = await session.SendAsync(
            new SimilarItems(item, parse.GetValue(CommonOptions.Count), FilterOptions.Read(parse)),
            cancellationToken
        );
        session.Terminal.Answer(
            list.ToDocument(item),
            CliJson.Default.ListDocument,
            output => Drawings.Draw(output, list, $"Similar to {item}")
        );
        return ExitCodes.Done;
    }
}
