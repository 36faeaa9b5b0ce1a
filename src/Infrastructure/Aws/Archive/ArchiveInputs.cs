using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// The archive by its 256 groups of users, each with the keys of the objects that may hold it. The archive is listed
/// once for all groups.
/// </summary>
internal sealed class ArchiveInputs(Bucket bucket) : ILogInputs
{
    private readonly ArchiveListing _listing = new(bucket);
    private readonly ArchiveReader _reader = new(bucket);

    /// <summary>The longest buffer of the delivery, half as much again, and what the delivery itself takes.</summary>
    public TimeSpan Delay => TimeSpan.FromMinutes(25);

    public int PartOf(UserId user) => UserBucket.Of(user);

    public async Task<IReadOnlyDictionary<int, LogInput>> ListAsync(CancellationToken cancellationToken)
    {
        var (ofGroups, ofAny) = (new Dictionary<int, List<ArchiveKey>>(), new List<ArchiveKey>());
        await foreach (var key in _listing.AllAsync(from: null, cancellationToken))
        {
            if (key.Bucket is not { } group)
                ofAny.Add(key);
            else if (ofGroups.TryGetValue(group, out var known))
                known.Add(key);
            else
                ofGroups.Add(group, [key]);
        }
        // What holds users of any group may hold some of each.
        var groups = ofAny.Count > 0 ? Enumerable.Range(0, UserBucket.Count) : ofGroups.Keys;
        return groups.ToDictionary(
            group => group, group => InputOf([.. ofGroups.GetValueOrDefault(group, []), .. ofAny]));
    }

    public async IAsyncEnumerable<Interaction> ReadAsync(
        int part, LogInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = input.Objects.Select(one => ArchiveKey.Parse(one.Name, one.Bytes)!.Value).ToAsyncEnumerable();
        var gone = new List<string>();
        var events = _reader.ReadAsync(
            keys, one => PartOf(one.UserId) == part, after: null, cancellationToken, gone.Add);
        await foreach (var one in events)
            yield return one;
        if (gone.Count > 0)
            throw new LogInputChangedException(
                $"{bucket.Subject}: '{gone[0]}' of the archive was compacted while it was read; list again.");
    }

    private static LogInput InputOf(List<ArchiveKey> keys)
    {
        keys.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in keys)
            hash.AppendData(Encoding.UTF8.GetBytes($"{key.Key} {key.Size}\n"));
        var range = new LogInputRange(
            keys.Min(key => key.Day),
            keys.Max(key => key.Day),
            keys.Count,
            keys.Sum(key => key.Size),
            Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
        return new LogInput(range, [.. keys.Select(key => new LogObject(key.Key, key.Size))]);
    }
}
