using System.CommandLine;
using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Import;

namespace Recommendation.Cli.Commands;

internal static class ItemsCommand
{
    private const int ItemBatch = 1000;

    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "The file; gzip and zip of text are recognised.",
    };

    private static readonly Argument<string> s_item = new("ITEM") { Description = "The item's id." };

    private static readonly Argument<string[]> s_items = new("ITEM")
    {
        Description = "The items' ids.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string[]> s_words = new("WORD")
    {
        Description = "Words that an item must have; lamp* stands for words that begin with lamp.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string[]> s_attribute = new("--attribute")
    {
        Description = "A value that an attribute must have; may be repeated.",
        HelpName = "NAME:VALUE",
    };

    private static readonly Option<string?> s_cursor = new("--cursor")
    {
        Description = "What the page before gave as next.",
        HelpName = "NEXT",
    };

    internal static Command Create() => new Verb(
        "items",
        "The catalogue: what is known of items beside the interactions with them.",
        "recommend items import items.csv")
    {
        new Verb(
            "import",
            "Add or change items from CSV, JSON or Parquet. Columns that are no property of an item are attributes; "
                + "columns that are not there change nothing.",
            "recommend items import items.csv")
        {
            s_file,
        }.Runs(ImportAsync),
        new Verb("show", "Show an item.", "recommend items show 85123A") { s_item }.WorksOn(ShowAsync),
        new Verb("list", "List the catalogue.", "recommend items list -n 20")
        {
            CommonOptions.Count, s_cursor,
        }.WorksOn(SearchAsync),
        new Verb(
            "search",
            "Find the items that have all words and all values.",
            "recommend items search white heart --attribute colour:red")
        {
            s_words, s_attribute, CommonOptions.Count, s_cursor,
        }.WorksOn(SearchAsync),
        new Verb(
            "delete",
            "Remove items from the catalogue and from every list, until they are imported again.",
            "recommend items delete 85123A 22469")
        {
            s_items,
        }.WorksOn(DeleteAsync),
    };

    private static async Task<int> ShowAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = UsageException.Item(parse.GetRequiredValue(s_item));
        var found = await session.SendAsync(new FindItems([id]), cancellationToken);
        if (found.Items is not [var item])
            throw RefusedException.Missing($"The catalogue has no item '{id}'. `recommend items import` adds items.");
        var document = ItemDocument.From(item);
        session.Terminal.Answer(
            document, CliJson.Default.ItemDocument, output => ItemDrawings.Draw(output, document));
        return ExitCodes.Done;
    }

    private static async Task<int> SearchAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new SearchItems(
            string.Join(' ', parse.GetValue(s_words) ?? []), parse.GetValue(s_attribute),
            parse.GetValue(CommonOptions.Count), parse.GetValue(s_cursor));
        var document = CatalogueDocument.From(await session.SendAsync(request, cancellationToken));
        session.Terminal.Answer(
            document, CliJson.Default.CatalogueDocument, output => ItemDrawings.Draw(output, document));
        return ExitCodes.Done;
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var items = parse.GetRequiredValue(s_items).Select(UsageException.Item).ToList();
        var deleted = await session.SendAsync(new DeleteItems(items), cancellationToken);
        var document = new DeletedItemsDocument(deleted.Count);
        session.Terminal.Answer(
            document, CliJson.Default.DeletedItemsDocument, output => output.Line($"{deleted.Count:n0} items deleted"));
        return ExitCodes.Done;
    }

    private static async Task<int> ImportAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(s_file);
        var (imported, rejected) = await ReadAsync(session, path, cancellationToken);
        var document = new ImportedItemsDocument(path, imported, rejected);
        session.Terminal.Answer(
            document,
            CliJson.Default.ImportedItemsDocument,
            output => Drawings.Draw(output, document)
        );
        // Rejected items are in no quarantine: the caller must know that the file was not taken whole.
        return rejected.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<(int Imported, IReadOnlyList<RejectedLineDocument> Rejected)> ReadAsync(
        Session session, string path, CancellationToken cancellationToken)
    {
        using var file = ItemFile.Open(path);
        var imported = 0;
        var rejected = new List<RejectedLineDocument>();
        foreach (var rows in file.Rows(cancellationToken).Chunk(ItemBatch))
        {
            var changes = rows.Where(row => row.Change is not null).ToArray();
            var merged = await session.SendAsync(
                new MergeItems([.. changes.Select(row => row.Change!)]), cancellationToken);
            imported += merged.Count;
            rejected.AddRange(
                rows.Where(row => row.Rejection is not null)
                    .Select(row => new RejectedLineDocument(row.Line, row.Rejection!.Message))
                    .Concat(merged.Problems.Select(problem => new RejectedLineDocument(
                        changes[problem.Index].Line, problem.Message)))
                    .OrderBy(row => row.Line)
            );
        }
        return (imported, rejected);
    }
}
