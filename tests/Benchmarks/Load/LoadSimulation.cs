using Recommendation.Aws.Costs;

namespace Recommendation.Benchmarks.Load;

/// <summary>
/// A discrete-event model of the stack under load: producers, shards, the stream's function, the table's partitions and
/// its index, and requests to the API, each with its documented limits. Time is virtual.
/// </summary>
internal sealed class LoadSimulation
{
    private readonly LoadCase _case;
    private readonly Random _random;
    private readonly PriorityQueue<Event, double> _events = new();
    private readonly Lane[] _lanes;
    private readonly Queue<int> _waiting = new();
    private readonly RateLimit[] _shards;
    private readonly TableModel _table;
    private readonly List<float> _latencies = [];
    private double _now;
    private double _functionSeconds;
    private double _countedUntil;
    private int _functions;
    private long _requests;
    private long _refusedRequests;

    public LoadSimulation(LoadCase load, int seed)
    {
        (_case, _random, _table) = (load, new Random(seed), new(load));
        _lanes = Enumerable.Range(0, load.Shards * load.Parallelization).Select(_ => new Lane()).ToArray();
        _shards = Enumerable.Range(0, load.Shards).Select(_ => new RateLimit(LoadSize.RecordsOfShard)).ToArray();
    }

    public LoadOutcome Run(double seconds)
    {
        Schedule(new(Kind.Record, 0), Gap(_case.EventsPerSecond));
        Schedule(new(Kind.Request, 0), Gap(_case.RequestsPerSecond));
        if (_case.HotUserEvents > 0)
            Schedule(new(Kind.HotRecord, 0), Gap(_case.HotUserEvents));
        while (_events.TryDequeue(out var next, out var at) && at < seconds)
        {
            CountFunctions(at);
            _now = at;
            Handle(next);
        }
        CountFunctions(seconds);
        var oldest = _lanes.Where(lane => lane.Records.Count > 0).Select(lane => lane.Records.Peek().At)
            .DefaultIfEmpty(seconds).Min();
        var (taken, refused) = (_shards.Sum(shard => shard.Taken), _shards.Sum(shard => shard.Throttled));
        _latencies.Sort();
        return new(
            (taken - refused) / seconds, _functionSeconds / seconds, _table.Units / seconds,
            _table.IndexWrites / seconds, Share(refused, taken), Share(_refusedRequests, _requests),
            Share(_table.Throttled, _table.Writes), Share(_table.IndexThrottled, _table.IndexWrites),
            _latencies.Count == 0 ? 0 : _latencies[(int)(_latencies.Count * 0.99)], seconds - oldest);
    }

    private void Handle(Event next)
    {
        switch (next.Kind)
        {
            case Kind.Record:
                Schedule(next, Gap(_case.EventsPerSecond));
                Arrive(1 + _random.Next(_case.Users));
                break;
            case Kind.HotRecord:
                Schedule(next, Gap(_case.HotUserEvents));
                Arrive(0);
                break;
            case Kind.Request:
                Schedule(next, Gap(_case.RequestsPerSecond));
                Ask();
                break;
            case Kind.Due:
                TryStart(next.Lane);
                break;
            case Kind.Answered:
                Release();
                break;
            default:
                Finish(next.Lane);
                break;
        }
    }

    private void Arrive(int user)
    {
        var hash = (uint)(user * 2_654_435_761L >> 7);
        var shard = (int)(hash % (uint)_case.Shards);
        if (!_shards[shard].TryTake(_now, 1))
            return;
        var lane = (shard * _case.Parallelization) + (int)(hash / (uint)_case.Shards % (uint)_case.Parallelization);
        _lanes[lane].Records.Enqueue((_now, user));
        TryStart(lane);
    }

    private void Ask()
    {
        _requests++;
        if (_functions == _case.FunctionsQuota)
        {
            _refusedRequests++;
            return;
        }
        _functions++;
        Schedule(new(Kind.Answered, 0), _case.Sizes.RequestMilliseconds / 1000);
    }

    /// <summary>A batch starts when it is full, or when its first record has waited for the window.</summary>
    private void TryStart(int number)
    {
        var lane = _lanes[number];
        if (lane.IsBusy || lane.Records.Count == 0)
            return;
        var due = lane.Records.Peek().At + Lane.WindowSeconds;
        if (lane.Records.Count < _case.Sizes.EventsOfFullBatch && _now < due)
        {
            if (lane.DueAt < due)
                _events.Enqueue(new(Kind.Due, number), lane.DueAt = due);
            return;
        }
        if (_functions == _case.FunctionsQuota)
        {
            if (!lane.IsWaiting)
                _waiting.Enqueue(number);
            lane.IsWaiting = true;
            return;
        }
        _functions++;
        lane.IsBusy = true;
        while (lane.Batch.Count < _case.Sizes.EventsOfFullBatch && lane.Records.TryDequeue(out var record))
            lane.Batch.Add(record);
        var wait = _table.Save(lane.Batch, _now);
        var work = _case.Sizes.InvocationMilliseconds + (lane.Batch.Count * _case.Sizes.EventMilliseconds);
        Schedule(new(Kind.Saved, number), wait + (work / 1000));
    }

    private void Finish(int number)
    {
        var lane = _lanes[number];
        foreach (var (at, _) in lane.Batch)
            _latencies.Add((float)(_now - at));
        lane.Batch.Clear();
        lane.IsBusy = false;
        Release();
        TryStart(number);
    }

    private void Release()
    {
        _functions--;
        if (!_waiting.TryDequeue(out var number))
            return;
        _lanes[number].IsWaiting = false;
        TryStart(number);
    }

    private void CountFunctions(double until)
    {
        _functionSeconds += _functions * (until - _countedUntil);
        _countedUntil = until;
    }

    private void Schedule(Event next, double after) => _events.Enqueue(next, _now + after);

    private double Gap(double perSecond) => -Math.Log(1 - _random.NextDouble()) / perSecond;

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    private enum Kind
    {
        Record,
        HotRecord,
        Request,
        Due,
        Answered,
        Saved,
    }

    private readonly record struct Event(Kind Kind, int Lane);

    /// <summary>The records of a shard, or of a part of it, of which one batch is handled at a time.</summary>
    private sealed class Lane
    {
        public const double WindowSeconds = 1;

        public Queue<(double At, int User)> Records { get; } = new();

        public List<(double At, int User)> Batch { get; } = [];

        public bool IsBusy { get; set; }

        public bool IsWaiting { get; set; }

        public double DueAt { get; set; } = double.NegativeInfinity;
    }
}
