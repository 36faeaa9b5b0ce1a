using System.Globalization;
using Recommendation.Aws.Costs;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <param name="Settings">What the stack needs beyond its defaults, as <c>name=value</c>.</param>
/// <param name="BreaksFirst">The name of the part that reaches its limit first.</param>
internal sealed record LoadSizeDocument(
    long Users,
    long EventsPerDay,
    int Shards,
    int Parallelization,
    int IndexKeys,
    long Segments,
    int EventsOfOneUser,
    decimal DollarsAMonth,
    IReadOnlyList<string> Settings,
    IReadOnlyList<SizedPartDocument> Parts,
    string BreaksFirst)
{
    internal static LoadSizeDocument Of(Workload workload, MeasuredSizes sizes)
    {
        var size = new LoadSize(sizes);
        var parts = size.PartsOf(workload).Select(SizedPartDocument.Of).ToList();
        var parallelization = size.ParallelizationOf(workload);
        string[] more = parallelization > 1
            ? [$"stream.parallelization={parallelization}", "stream.partitionKeyIsUser=true"] : [];
        return new(
            workload.Users ?? 0, workload.EventsPerDay, LoadSize.ShardsOf(workload), parallelization,
            LoadSize.IndexKeysOf(workload), LoadSize.SegmentsOf(workload), size.EventsOfOneUser,
            decimal.Round(new CostCalculator(sizes).Estimate(workload).Dollars, 2),
            [.. new StackSize(sizes).SettingsOf(workload), .. more], parts, parts.MaxBy(part => part.Share)!.Name);
    }

    internal void Draw(IAnsiConsole output)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in (string[])["part", "what", "needed", "limit"])
            table.AddColumn(column);
        foreach (var part in Parts)
            table.AddRow(part.Name, part.Unit, Number(part.Needed), Number(part.Limit));
        output.Write(table);
        output.Line(
            $"{Shards} shards, {IndexKeys} keys of the index, {Segments:n0} segments a night; one user may make "
                + $"{EventsOfOneUser} events a second. About {DollarsAMonth:n0} USD a month: recommend cost.");
        if (Settings.Count > 0)
            output.Line($"Deploy with {string.Join(' ', Settings.Select(setting => $"-c {setting}"))}");
        foreach (var part in Parts.Where(part => part.Share > 1))
            output.Line($"[yellow]Beyond the limit of {part.Name}: {part.Beyond}; {part.Remedy}.[/]");
        var first = Parts.First(part => string.Equals(part.Name, BreaksFirst, StringComparison.Ordinal));
        var growth = (first.Limit / first.Needed).ToString("0.##", CultureInfo.InvariantCulture);
        output.Line($"{first.Name} reaches its limit first, at {growth} times this load: then {first.Beyond}.");
    }

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.##" : "#,##0", CultureInfo.InvariantCulture);
}

internal sealed record SizedPartDocument(
    string Name, string Unit, double Needed, double Limit, double Share, string Beyond, string Remedy)
{
    internal static SizedPartDocument Of(SizedPart part) => new(
        part.Name, part.Unit, Math.Round(part.Needed, 2), part.Limit, Math.Round(part.Share, 4), part.Beyond,
        part.Remedy);
}
