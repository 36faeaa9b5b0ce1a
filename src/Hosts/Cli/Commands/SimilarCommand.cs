using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class SimilarCommand
{
    private static readonly Argument<string[]> s_items = new("ITEM")
    {
        Description = "The item's id; several for what goes with all of them, such as a basket.",
        Arity = new ArgumentArity(1, SimilarItems.MaximumItems),
    };

    private static readonly Option<string> s_by = new Option<string>("--by")
    {
        Description =
            "What makes items similar: behaviour (the rows of the model), content (what the items say of themselves), "
                + "or both, which compares content where the model has no row.",
        HelpName = "WAY",
        DefaultValueFactory = _ => "both",
    }.AcceptOnlyFromAmong("both", "behaviour", "content");

    internal static Command Create() => new Verb(
        "similar",
        "Show the items that go with an item, or with several.",
        "recommend similar 85123A -n 5")
    {
        s_items, CommonOptions.Count, s_by, FilterOptions.Category, FilterOptions.Exclude,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var items = parse.GetRequiredValue(s_items).Select(UsageException.Item).ToList();
        var list = await session.SendAsync(
            new SimilarItems(
                items,
                parse.GetValue(CommonOptions.Count),
                FilterOptions.Read(parse),
                Enum.Parse<SimilarBy>(parse.GetValue(s_by)!, ignoreCase: true)),
            cancellationToken);
        session.Terminal.Answer(
            list.ToDocument(items is [var only] ? only : null),
            CliJson.Default.ListDocument,
            output => Drawings.Draw(output, list, $"Similar to {string.Join(", ", items)}"));
        return ExitCodes.Done;
    }
}
