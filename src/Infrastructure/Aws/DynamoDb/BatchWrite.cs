using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Puts up to 25 items in one call. What the table leaves undone is sent again; a call that it refuses as invalid is taken apart,
/// so that one bad item does not cost the others. Each item counts as failed until it is known to be stored.
/// </summary>
internal sealed class BatchWrite(DynamoTable table, AwsOptions options, Backoff backoff)
{
    internal async Task<SaveOutcome[]> PutAsync(Item[] items, CancellationToken cancellationToken)
    {
        var outcomes = new SaveOutcome[items.Length];
        Array.Fill(outcomes, SaveOutcome.Failed($"{table.Subject} was not asked."));
        var left = items.Select((item, index) => new WriteOf(index, item)).ToList();
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            try
            {
                left = await WriteAsync(left, outcomes, cancellationToken);
            }
            catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
            {
                if (items.Length > 1 && PutOutcome.IsRefusal(problem))
                    return await PutOneByOneAsync(items, cancellationToken);
                foreach (var write in left)
                    outcomes[write.Index] = PutOutcome.Of(problem, table.Subject);
                return outcomes;
            }
            if (left.Count == 0 || attempt == options.ResendAttempts)
                break;
            await backoff.WaitAsync(attempt, cancellationToken);
        }
        foreach (var write in left)
            outcomes[write.Index] = SaveOutcome.Failed($"{table.Subject} left the item unwritten {options.ResendAttempts + 1} times; it is short of write capacity.");
        return outcomes;
    }

    /// <returns>What the table left undone.</returns>
    private async Task<List<WriteOf>> WriteAsync(List<WriteOf> writes, SaveOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var response = await table.Client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal)
            {
                [table.Name] = [.. writes.Select(write => new WriteRequest(new PutRequest(write.Item)))],
            },
        }, cancellationToken);
        var unprocessed = (response.UnprocessedItems?.GetValueOrDefault(table.Name) ?? [])
            .Select(write => KeyOf(write.PutRequest.Item)).ToHashSet();
        var left = writes.Where(write => unprocessed.Contains(KeyOf(write.Item))).ToList();
        foreach (var write in writes)
        {
            if (!unprocessed.Contains(KeyOf(write.Item)))
                outcomes[write.Index] = SaveOutcome.Saved;
        }
        return left;
    }

    private async Task<SaveOutcome[]> PutOneByOneAsync(Item[] items, CancellationToken cancellationToken)
    {
        var outcomes = new SaveOutcome[items.Length];
        for (var i = 0; i < items.Length; i++)
            outcomes[i] = (await PutAsync([items[i]], cancellationToken))[0];
        return outcomes;
    }

    private static (string, string) KeyOf(Item item) => (item.Text(ProfileTable.UserId), item.Text(ProfileTable.Kind));

    private readonly record struct WriteOf(int Index, Item Item);
}
