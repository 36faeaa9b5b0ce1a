using System.Collections;
using Recommendation.Aws.Costs;

namespace Recommendation.Benchmarks.Load;

/// <summary>
/// The table with its quota and its partitions, and the index of active users with its keys. A user's writes go to one
/// partition, and the first write of a day to one key of the index.
/// </summary>
internal sealed class TableModel(LoadCase load)
{
    private readonly RateLimit _quota = new(load.TableQuota);
    private readonly RateLimit[] _partitions = Limits(load.TablePartitions);
    private readonly RateLimit[] _keys = Limits(load.IndexKeys);
    private readonly BitArray _moved = new(load.IsMidnight ? load.Users + 1 : 0);
    private readonly HashSet<int> _users = [];

    public long Writes { get; private set; }

    public double Units => Writes * load.UnitsOfWrite;

    public long Throttled { get; private set; }

    public long IndexWrites => _keys.Sum(key => key.Taken);

    public long IndexThrottled => _keys.Sum(key => key.Throttled);

    /// <summary>Saves each user of a batch once, all at the same time.</summary>
    /// <returns>How long the last one waits.</returns>
    public double Save(List<(double At, int User)> batch, double now)
    {
        _users.Clear();
        var longest = 0d;
        foreach (var (_, user) in batch)
        {
            if (!_users.Add(user))
                continue;
            var hash = (uint)(unchecked((ulong)user * 0x9E3779B97F4A7C15) >> 33);
            var wait = Math.Max(
                _quota.Take(now, load.UnitsOfWrite),
                _partitions[hash % _partitions.Length].Take(now, load.UnitsOfWrite));
            Writes++;
            Throttled += wait > 0 ? 1 : 0;
            if (load.IsMidnight && !_moved[user])
            {
                _moved[user] = true;
                wait = Math.Max(wait, _keys[hash / 7 % _keys.Length].Take(now, 1));
            }
            longest = Math.Max(longest, wait);
        }
        return longest;
    }

    private static RateLimit[] Limits(int count) =>
        Enumerable.Range(0, count).Select(_ => new RateLimit(LoadSize.WritesOfPartition)).ToArray();
}
