namespace Recommendation.Emulators.Tables;

/// <summary>How a table is billed, and so what it serves.</summary>
/// <param name="Minimum">Units a second at the start.</param>
/// <param name="Maximum">Units a second that scaling goes up to; the same as the minimum where
/// there is no scaling.</param>
/// <param name="PartitionLimit">Units a second that one partition key takes, however much the table has.</param>
public sealed record CapacitySettings(double Minimum, double Maximum, double PartitionLimit)
{
    /// <summary>How long unused capacity is kept.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(300);

    /// <summary>
    /// How long consumption must be above the target before scaling asks for more, and how long that takes.
    /// </summary>
    public static readonly TimeSpan ScalingDelay = TimeSpan.FromMinutes(3);

    /// <summary>The share of the capacity that scaling aims at.</summary>
    public const double Target = 0.7;

    /// <summary>What a new table that pays per request serves: 4,000 writes or 12,000 reads a second.</summary>
    public static CapacitySettings OnDemand(double units, double partitionLimit) => new(units, units, partitionLimit);
}

/// <summary>
/// The capacity of a table of one kind, as DynamoDB documents it: provisioned units a second, what was not used in the
/// last five minutes, scaling some minutes behind the consumption, and a limit for each partition key. Not for several
/// threads at once.
/// </summary>
public sealed class Capacity(CapacitySettings settings, TimeProvider time)
{
    private readonly Dictionary<string, Bucket> _partitions = new(StringComparer.Ordinal);
    private readonly Bucket _table = new(time);

    private double _provisioned = settings.Minimum;
    private long _minute = time.GetTimestamp();
    private long? _aboveSince;
    private double _consumedInMinute;

    /// <summary>Units a second at present.</summary>
    public double Provisioned => _provisioned;

    /// <summary>Units that were consumed.</summary>
    public double Consumed { get; private set; }

    /// <summary>
    /// How long the capacity alone takes for what was consumed, with all of the burst at the start or none.
    /// </summary>
    public TimeSpan Least(bool hasBurst) =>
        TimeSpan.FromSeconds(
            Math.Max(
                0,
                (Consumed - (hasBurst ? settings.Minimum * CapacitySettings.Burst.TotalSeconds : 0)) / settings.Minimum
            )
        );

    /// <summary>As after five busy minutes: nothing is kept.</summary>
    public void Drain() => _table.Empty();

    /// <summary>Takes what an item costs; false where it is throttled.</summary>
    public bool TryTake(string partition, double units)
    {
        Scale();
        if (!_partitions.TryGetValue(partition, out var own))
            _partitions.Add(partition, own = new Bucket(time));
        // An item is served whole while there is anything left: the debt is paid before the next.
        if (
            !_table.HasAny(_provisioned, CapacitySettings.Burst)
            || !own.HasAny(settings.PartitionLimit, TimeSpan.FromSeconds(1))
        )
            return false;
        _table.Take(units);
        own.Take(units);
        Consumed += units;
        _consumedInMinute += units;
        return true;
    }

    private void Scale()
    {
        var elapsed = time.GetElapsedTime(_minute);
        if (elapsed < TimeSpan.FromMinutes(1))
            return;
        var perSecond = _consumedInMinute / elapsed.TotalSeconds;
        (_minute, _consumedInMinute) = (time.GetTimestamp(), 0);
        if (perSecond <= _provisioned * CapacitySettings.Target)
        {
            _aboveSince = null;
            return;
        }
        _aboveSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_aboveSince.Value) >= CapacitySettings.ScalingDelay - TimeSpan.FromMinutes(1))
            _provisioned = Math.Min(settings.Maximum, Math.Max(_provisioned, perSecond / CapacitySettings.Target));
    }

    private sealed class Bucket(TimeProvider time)
    {
        private long _refilled = time.GetTimestamp();
        private double? _units;

        internal bool HasAny(double rate, TimeSpan burst)
        {
            var most = rate * burst.TotalSeconds;
            _units = Math.Min(most, (_units ?? most) + (rate * time.GetElapsedTime(_refilled).TotalSeconds));
            _refilled = time.GetTimestamp();
            return _units > 0;
        }

        internal void Take(double units) => _units -= units;

        internal void Empty() => (_units, _refilled) = (0, time.GetTimestamp());
    }
}
