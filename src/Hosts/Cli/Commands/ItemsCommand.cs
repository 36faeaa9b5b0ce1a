using System.CommandLine;
using Recommendation.Application.Items;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Items;
using Recommendation.Import;

namespace Recommendation.Cli.Commands;

internal static class ItemsCommand
{
    private const int ItemBatch = 1000;

    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "The file; gzip and zip of text are recognised.",
    };

    internal static Command Create() => new Verb(
        "items",
        "The catalogue: titles, categories and availability of items.",
        "recommend items import items.csv")
    {
        new Verb(
            "import",
            "Add or change items from CSV (itemId,title,categories,available), JSON or Parquet with the same names; "
                + "columns that are not there change nothing.",
            "recommend items import items.csv")
        {
            s_file,
        }.Runs(ImportAsync),
    };

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
            ItemChange[] changes = [.. rows.Where(row => row.Change is not null).Select(row => row.Change!)];
            imported += (await session.SendAsync(new MergeItems(changes), cancellationToken)).Count;
            rejected.AddRange(
                rows.Where(row => row.Rejection is not null)
                    .Select(row => new RejectedLineDocument(row.Line, row.Rejection!.Message))
            );
        }
        return (imported, rejected);
    }
}
