using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>How much of a file may be one row: enough for any record that a stream takes.</summary>
internal static class RowLimits
{
    internal const int MaximumBytes = 1024 * 1024;

    /// <summary>How much is kept of what was rejected.</summary>
    internal const int MaximumRaw = 64 * 1024;

    /// <summary>A row, its line end, and one byte to see that it is longer.</summary>
    internal const int Window = MaximumBytes + 3;

    internal static readonly Rejection LineTooLong = new(
        RejectionCode.TooLarge,
        "The line is longer than 1 MiB; only its beginning was kept."
    );

    internal static ReadOnlyMemory<byte> Cap(ReadOnlyMemory<byte> raw) =>
        raw.Length > MaximumRaw ? raw[..MaximumRaw] : raw;
}
