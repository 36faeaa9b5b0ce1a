using System.Globalization;
using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;

namespace Recommendation.Aws.Archive;

/// <summary>Lists the archive's objects; of a few groups of users without listing those of all others.</summary>
internal sealed class ArchiveListing(Bucket bucket)
{
    /// <summary>Up to this many groups, a list for each is quicker than one of everything.</summary>
    private const int FewBuckets = 16;

    /// <summary>Everything from a day on, in the order of the keys, so day by day.</summary>
    internal async IAsyncEnumerable<ArchiveKey> AllAsync(
        DateOnly? from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var after = from is { } day ? ArchiveKey.PrefixOf(day) : null;
        await foreach (var found in bucket.ObjectsAsync(ArchiveKey.Prefix, after, cancellationToken))
        {
            if (ArchiveKey.Parse(found.Key, found.Size) is { } key)
                yield return key;
        }
    }

    /// <summary>What may hold users of some groups, from a day on, day by day.</summary>
    internal IAsyncEnumerable<ArchiveKey> OfAsync(
        LogParts parts,
        DateOnly? from,
        CancellationToken cancellationToken
    ) =>
        parts.Count > FewBuckets
            ? AllAsync(from, cancellationToken).Where(key => key.Bucket is not { } bucket || parts.Has(bucket))
            : OfFewAsync(parts, from, cancellationToken);

    /// <summary>The days that the archive has, in their order.</summary>
    internal async IAsyncEnumerable<DateOnly> DaysAsync(
        DateOnly? from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var year in await bucket.FoldersAsync(ArchiveKey.Prefix, cancellationToken))
            foreach (var month in await MonthsAsync(year, from, cancellationToken))
                foreach (var folder in await bucket.FoldersAsync(month, cancellationToken))
                {
                    if (
                        DateOnly.TryParseExact(
                            folder[ArchiveKey.Prefix.Length..],
                            "yyyy'/'MM'/'dd'/'",
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.None,
                            out var day
                        ) && !(day < from)
                    )
                        yield return day;
                }
    }

    private async Task<IEnumerable<string>> MonthsAsync(
        string year,
        DateOnly? from,
        CancellationToken cancellationToken
    )
    {
        // Names of the same length, so their order is that of time.
        var first = from is { } day ? ArchiveKey.PrefixOf(day)[..(ArchiveKey.Prefix.Length + "yyyy/MM/".Length)] : "";
        if (string.CompareOrdinal(year, first[..Math.Min(first.Length, year.Length)]) < 0)
            return [];
        return (await bucket.FoldersAsync(year, cancellationToken)).Where(month =>
            string.CompareOrdinal(month, first) >= 0
        );
    }

    private async IAsyncEnumerable<ArchiveKey> OfFewAsync(
        LogParts parts, DateOnly? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var day in DaysAsync(from, cancellationToken))
        {
            var prefix = ArchiveKey.PrefixOf(day);
            var (folders, objects) = await bucket.LevelAsync(prefix, cancellationToken);
            var wanted = folders.Where(folder =>
                ArchiveKey.Parse(folder + "x", 0)?.Bucket is not { } bucket || parts.Has(bucket)
            );
            var found = objects.Concat(
                (await Task.WhenAll(wanted.Select(folder => ListAsync(folder, cancellationToken)))).SelectMany(keys =>
                    keys
                )
            );
            foreach (var key in found.OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                if (ArchiveKey.Parse(key.Key, key.Size) is { } parsed)
                    yield return parsed;
            }
        }
    }

    private async Task<List<(string Key, long Size)>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await bucket.ObjectsAsync(prefix, after: null, cancellationToken).ToListAsync(cancellationToken);
}
