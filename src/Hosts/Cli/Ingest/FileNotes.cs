using System.Globalization;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>What a person should know of how a file was understood.</summary>
internal static class FileNotes
{
    private const int MostNamed = 10;

    internal static IEnumerable<string> Of(FileReading reading, long rows)
    {
        if (reading.Unused.Count == 0)
            yield break;
        var named = string.Join(", ", reading.Unused.Take(MostNamed).Select(name => $"'{name}'"));
        var more = reading.Unused.Count > MostNamed ? $" and {reading.Unused.Count - MostNamed} more" : "";
        var unused =
            reading.Unused.Count == 1 ? $"column {named} was not used" : $"columns {named}{more} were not used";
        yield return reading.HasTypes || rows == 0
            ? unused
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{unused}; all {rows:n0} rows were taken as {reading.OnlyType ?? "view"}s"
            );
    }
}
