using System.Globalization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local;

/// <summary>Positions of the local log: one partition, one event a record.</summary>
internal static class LocalPosition
{
    internal static Position Of(long sequence) => new(LocalLog.Partition, SequenceNumber.From(sequence));

    /// <summary>The sequence after which to read: 0 for the beginning.</summary>
    /// <exception cref="ArgumentException">The position is of another log.</exception>
    internal static long After(Position? position)
    {
        if (position is not { } after)
            return 0;
        if (string.Equals(after.Partition, LocalLog.Partition, StringComparison.Ordinal)
            && long.TryParse(after.Sequence.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return sequence;
        throw new ArgumentException(
            $"Position {after} is not of this log, whose only partition is '{LocalLog.Partition}'.",
            nameof(position)
        );
    }
}
