using System.Globalization;
using System.Security.Cryptography;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// The file of a worker: the id of the plan, the range, how many matrices follow, the rows of W and of M, and a
/// checksum.
/// </summary>
internal static class RowFile
{
    public static string NameOf(RowBlock rows) =>
        string.Create(CultureInfo.InvariantCulture, $"rows-{rows.From:D9}-{rows.To:D9}.bin");

    /// <param name="writer">Receives the file.</param>
    /// <param name="planId">The plan that the rows were made with.</param>
    /// <param name="weights">W.</param>
    /// <param name="transitions">M; null where transitions do not count.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async Task WriteAsync(
        CheckedWriter writer, string planId, RowBlock weights, RowBlock? transitions,
        CancellationToken cancellationToken)
    {
        RowBlock[] blocks = transitions is null ? [weights] : [weights, transitions];
        await writer.WriteAsync<byte>(Convert.FromHexString(planId), cancellationToken);
        await writer.WriteAsync<int>(new[] { weights.From, weights.To, blocks.Length }, cancellationToken);
        foreach (var block in blocks)
        {
            await writer.WriteAsync<int>(block.Lengths, cancellationToken);
            await writer.WriteAsync<int>(block.Columns, cancellationToken);
            await writer.WriteAsync<float>(block.Values, cancellationToken);
        }
        await writer.EndAsync(cancellationToken);
    }

    /// <returns>W, and M where transitions count.</returns>
    /// <exception cref="RefusedException">The rows are of another plan.</exception>
    /// <exception cref="StoredFormatException">The file is damaged.</exception>
    public static async Task<(RowBlock Weights, RowBlock? Transitions)> ReadAsync(
        string path, string planId, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            using var reader = new CheckedReader(stream);
            var id = Convert.ToHexStringLower(await reader.ReadAsync<byte>(SHA256.HashSizeInBytes, cancellationToken));
            if (!string.Equals(id, planId, StringComparison.Ordinal))
                throw new RefusedException($"'{path}' was made with another plan. Delete it, and make its rows again.");
            var range = await reader.ReadAsync<int>(3, cancellationToken);
            var weights = await ReadBlockAsync(reader, range[0], range[1], cancellationToken);
            var transitions =
                range[2] == 1 ? null : await ReadBlockAsync(reader, range[0], range[1], cancellationToken);
            return await reader.EndAsync(cancellationToken) is not null && stream.Position == stream.Length
                ? (weights, transitions) : throw new EndOfStreamException();
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or OverflowException)
        {
            throw new StoredFormatException($"'{path}' is damaged. Delete it, and make its rows again.", problem);
        }
    }

    private static async Task<RowBlock> ReadBlockAsync(
        CheckedReader reader, int from, int to, CancellationToken cancellationToken)
    {
        var lengths = await reader.ReadAsync<int>((long)to - from, cancellationToken);
        var total = lengths.Sum(length => (long)length);
        return new(
            from, lengths, await reader.ReadAsync<int>(total, cancellationToken),
            await reader.ReadAsync<float>(total, cancellationToken));
    }
}
