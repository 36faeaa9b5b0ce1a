using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Feedback;

/// <summary>One run over the parts of the log: what is to be counted, and what then is.</summary>
internal sealed class DerivationRun(
    IDerivedFeedback output, PartDerivation derivation, DerivedProgress before, TimeProvider time)
{
    // The log is listed anew if it was compacted, and a part is counted again if a user was erased, meanwhile.
    private const int Attempts = 5;

    private readonly Dictionary<int, DerivedPartProgress> _done = new(before.Parts);
    private readonly HashSet<int> _left = [];
    private readonly HashSet<string> _knownErasures = new(StringComparer.Ordinal);
    private ILookup<UserId, ErasureBoundary>? _erased;
    private Dictionary<int, LogInput> _inputs = [];
    private DateTimeOffset _listedAt;

    /// <summary>How many parts are still to be counted.</summary>
    internal int Left => _left.Count;

    /// <summary>Stores how far the job is, also if it goes on.</summary>
    internal async Task<DateTimeOffset?> SaveProgressAsync(CancellationToken cancellationToken)
    {
        var progress = ToProgress();
        await output.SaveProgressAsync(progress, cancellationToken);
        return progress.CountedThrough;
    }

    private DerivedProgress ToProgress()
    {
        var done = _done.Where(one => _inputs.ContainsKey(one.Key)).ToDictionary();
        DateTimeOffset? through = done.Values.Select(one => one.ListedAt).DefaultIfEmpty(_listedAt).Min()
            - derivation.Log.Delay;
        // What is in a part that was never counted came after all that was counted before.
        if (_inputs.Keys.Any(part => !done.ContainsKey(part)) && !(before.CountedThrough > through))
            through = before.CountedThrough;
        return new DerivedProgress(through, done);
    }

    internal async Task ListAsync(CancellationToken cancellationToken)
    {
        _listedAt = time.GetUtcNow();
        _inputs = new(await derivation.Log.ListAsync(cancellationToken));
    }

    /// <returns>The parts to count, those first that were counted longest ago.</returns>
    internal IReadOnlyList<int> ToCount(bool isRebuild)
    {
        foreach (var (part, input) in _inputs)
        {
            if (!isRebuild && _done.TryGetValue(part, out var done) && IsCounted(done, input.Range))
                _done[part] = done with { ListedAt = _listedAt };
            else
                _left.Add(part);
        }
        return [.. _left.OrderBy(part => _done.GetValueOrDefault(part)?.ListedAt ?? default).ThenBy(part => part)];
    }

    /// <exception cref="UnavailableException">The log or the outputs kept changing.</exception>
    internal async Task CountAsync(int part, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryAsync(part, cancellationToken))
                    return;
                if (attempt == Attempts)
                    throw new StoreUnavailableException(
                        $"The figures of part {part} kept changing while they were counted; they are counted the next "
                            + "time.");
            }
            catch (LogInputChangedException) when (attempt < Attempts)
            {
                await ListAgainAsync(cancellationToken);
            }
        }
    }

    private async Task<bool> TryAsync(int part, CancellationToken cancellationToken)
    {
        var known = await output.FindAsync(part, cancellationToken);
        var erased = await ErasedAsync(known?.Part.Erasures ?? [], cancellationToken);
        var (input, listedAt) = (_inputs.GetValueOrDefault(part), _listedAt);
        var counted = await derivation.CountAsync(part, input, known?.Part, erased, erasure: null, cancellationToken);
        var isNothing = known is null && counted.Users.Count == 0;
        if (!isNothing && !await output.SaveAsync(counted, known, leavesNoTrace: false, cancellationToken))
            return false;
        _done[part] = new DerivedPartProgress(counted.Settings, counted.Input?.Digest ?? "", listedAt);
        _left.Remove(part);
        return true;
    }

    /// <summary>
    /// Read once, and again if an output names an erasure that is not known: it began since. One that begins after the
    /// output was read replaces the output, so that it is counted again.
    /// </summary>
    private async Task<ILookup<UserId, ErasureBoundary>> ErasedAsync(
        IReadOnlyList<string> named, CancellationToken cancellationToken)
    {
        if (_erased is null || named.Any(name => !_knownErasures.Contains(name) && derivation.MayBeListed(name)))
        {
            _erased = await derivation.ErasedAsync(cancellationToken);
            _knownErasures.UnionWith(_erased.SelectMany(boundaries => boundaries).Select(PartDerivation.NameOf));
            _knownErasures.UnionWith(named);
        }
        return _erased;
    }

    /// <summary>Parts that are new since wait for the next run.</summary>
    private async Task ListAgainAsync(CancellationToken cancellationToken)
    {
        var parts = _inputs.Keys.ToHashSet();
        await ListAsync(cancellationToken);
        _inputs = _inputs.Where(one => parts.Contains(one.Key)).ToDictionary();
    }

    private bool IsCounted(DerivedPartProgress done, LogInputRange range) =>
        string.Equals(done.Settings, derivation.Settings, StringComparison.Ordinal)
        && string.Equals(done.Digest, range.Digest, StringComparison.Ordinal);
}
