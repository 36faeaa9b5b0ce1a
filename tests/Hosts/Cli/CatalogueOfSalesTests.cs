using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>What a file of interactions says of items only fills in what the catalogue lacks.</summary>
public sealed class CatalogueOfSalesTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_sales_changes_neither_the_availability_nor_the_curated_texts_of_an_item()
    {
        const string header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
        await JsonAsync(
            "items",
            "import",
            _folder.Write("items.csv", "itemId,title,categories\n22633,Hand warmer,winter\n")
        );
        // Availability alone, as it comes from a stock list, keeps the texts.
        await JsonAsync("items", "import", _folder.Write("stock.csv", "itemId,available\n22633,false\n"));
        var sales = _folder.Write("sales.csv", header
            + "536366,22633,HAND WARMER UNION JACK,6,01/12/2010 08:28,1.85,17850,United Kingdom\n"
            + "536366,22632,HAND WARMER RED,6,01/12/2010 08:28,1.85,17850,United Kingdom\n"
            + "536367,22632,HAND WARMER RED,6,01/12/2010 08:34,1.85,13047,United Kingdom\n"
            + "536367,22633,HAND WARMER UNION JACK,6,01/12/2010 08:34,1.85,13047,United Kingdom\n"
            + "536368,22632,HAND WARMER RED,6,01/12/2010 08:34,1.85,13048,United Kingdom\n");
        await JsonAsync("ingest", sales, "--dates", "dmy");
        await JsonAsync("train", "--force", "--as-of", "2010-12-02T00:00:00Z");
        var explained = await JsonAsync("explain", "13048", "22633", "--as-of", "2010-12-02T00:00:00Z");
        Assert.Equal("unavailable", explained.GetProperty("outcome").GetString());
        Assert.Equal("Hand warmer", explained.GetProperty("title").GetString());
        Assert.Equal(
            "HAND WARMER RED",
            (await JsonAsync("explain", "13048", "22632", "--as-of", "2010-12-02T00:00:00Z"))
                .GetProperty("title")
                .GetString()
        );
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        CommandLineProgram.RecommendAsync([.. arguments, "--data", _folder.Data]);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
