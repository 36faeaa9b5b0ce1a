using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Histories;

/// <summary>A history file as a whole.</summary>
public static class HistoryFile
{
    /// <summary>Reads a whole file, and so checks every checksum.</summary>
    /// <returns>What it holds.</returns>
    /// <exception cref="RefusedException">There is no such file, or it can't be opened.</exception>
    /// <exception cref="StoredFormatException">It is damaged, or no history file of this version.</exception>
    public static HistoryTotals Check(string path, CancellationToken cancellationToken)
    {
        using var file = HistoryFileReader.Open(path);
        foreach (var _ in file.Blocks(cancellationToken))
        {
        }
        return file.Totals!;
    }
}
