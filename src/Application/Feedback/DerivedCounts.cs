using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;

namespace Recommendation.Application.Feedback;

/// <summary>Reads the sums of the outputs that a job derived, part by part; some are fetched ahead.</summary>
internal sealed class DerivedCounts(IDerivedFeedback outputs) : IFeedbackCounts
{
    private const int PartsAhead = 8;

    public async IAsyncEnumerable<UserFeedbackSum> ReadUsersAsync(
        DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var erased = new Dictionary<FeedbackKey, FeedbackSum>();
        await foreach (var part in PartsAsync(cancellationToken))
        {
            foreach (var user in part.Users.GroupBy(one => one.Key.User))
            {
                foreach (var ((_, key), sum) in user.Where(one => IsWithin(one.Key.Key.Day, from, through)))
                    yield return new UserFeedbackSum(user.Key, key, sum);
            }
            foreach (var ((_, key), sum) in part.Erased.Where(one => IsWithin(one.Key.Key.Day, from, through)))
                erased[key] = erased.GetValueOrDefault(key) + sum;
        }
        foreach (var (key, sum) in erased)
            yield return new UserFeedbackSum(User: null, key, sum);
    }

    public async IAsyncEnumerable<ItemFeedbackSum> ReadItemsAsync(
        DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in PartsAsync(cancellationToken))
        {
            foreach (var ((item, key), sum) in part.Items.Where(one => IsWithin(one.Key.Key.Day, from, through)))
                yield return new ItemFeedbackSum(item, key, sum);
            foreach (var ((item, key), sum) in part.Erased.Where(one => IsWithin(one.Key.Key.Day, from, through)))
            {
                if (item is { } known)
                    yield return new ItemFeedbackSum(known, key, sum);
            }
        }
    }

    private async IAsyncEnumerable<FeedbackPart> PartsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<Task<StoredFeedbackPart?>>();
        foreach (var part in await outputs.ListAsync(cancellationToken))
        {
            ahead.Enqueue(outputs.FindAsync(part, cancellationToken));
            if (ahead.Count == PartsAhead && await ahead.Dequeue() is { } stored)
                yield return stored.Part;
        }
        while (ahead.TryDequeue(out var next))
        {
            if (await next is { } stored)
                yield return stored.Part;
        }
    }

    private static bool IsWithin(DateOnly day, DateOnly from, DateOnly through) => day >= from && day <= through;
}
