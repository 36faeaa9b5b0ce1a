using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore.Visits;

/// <summary>What became of a merge.</summary>
internal enum MergeOutcome
{
    /// <summary>Both ids are one person.</summary>
    Merged,

    /// <summary>The ids can't be one person.</summary>
    Refused,

    /// <summary>The API is away; the next request tries again.</summary>
    Failed,
}

/// <summary>
/// Merges at logins. The first pages after a login come at the same time: they share one call, which goes on if one of
/// them is given up.
/// </summary>
internal sealed class Merges(
    IServiceProvider services, ApiPause pause, IOptions<RecommendationPageOptions> options, TimeProvider time,
    ILogger<Merges> logger)
{
    private const int MaximumRemembered = 10_000;

    /// <summary>Those that run, and the latest that succeeded: a page may have been asked for before that.</summary>
    private readonly ConcurrentDictionary<(string Visitor, string User), Lazy<Task<MergeOutcome>>> _merges = new();

    /// <summary>A key without the right to merge must not keep pages from asking for lists.</summary>
    private readonly ApiPause _own = new(options, time);

    internal Task<MergeOutcome> RunAsync(string visitor, string user, CancellationToken cancellationToken)
    {
        var both = (visitor, user);
        if (_merges.Count >= MaximumRemembered)
            _merges.Clear();
        var merge = _merges.GetOrAdd(both, static (ids, merges) => new(() => merges.MergeAsync(ids)), this);
        return merge.Value.WaitAsync(cancellationToken);
    }

    private async Task<MergeOutcome> MergeAsync((string Visitor, string User) ids)
    {
        var outcome = MergeOutcome.Failed;
        try
        {
            if (!pause.IsOn && !_own.IsOn)
                outcome = await CallAsync(ids.Visitor, ids.User);
            return outcome;
        }
        finally
        {
            if (outcome != MergeOutcome.Merged)
                _merges.TryRemove(ids, out _);
        }
    }

    private async Task<MergeOutcome> CallAsync(string visitor, string user)
    {
        using var patience = new CancellationTokenSource(options.Value.Patience, time);
        try
        {
            await services.GetRequiredService<RecommendationClient>().Users.MergeAsync(visitor, user, patience.Token);
            return MergeOutcome.Merged;
        }
        catch (RecommendationApiException refused) when (refused.Code is "refused" or "invalid")
        {
            logger.LogWarning("A visitor's id can't be merged into the user who logged in: {Problem}", refused.Message);
            return MergeOutcome.Refused;
        }
        catch (RecommendationApiException problem)
        {
            return Failed(problem.Message, ApiPause.IsAway(problem));
        }
        catch (OperationCanceledException)
        {
            return Failed($"The API did not answer within {options.Value.Patience}.", isAway: true);
        }
    }

    private MergeOutcome Failed(string problem, bool isAway)
    {
        (isAway ? pause : _own).Begin();
        logger.LogWarning(
            "A visitor's id is not merged yet into the user who logged in; a later page tries again: {Problem}",
            problem);
        return MergeOutcome.Failed;
    }
}
