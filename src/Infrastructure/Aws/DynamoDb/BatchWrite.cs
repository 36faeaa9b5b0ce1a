using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;

namespace Recommendation.Aws.DynamoDb;

/// <summary>An item that can be written.</summary>
/// <param name="Key">Its primary key.</param>
/// <param name="Write">Writes its attributes, those of the key among them.</param>
internal sealed record WritableItem(ItemKey Key, Action<Utf8JsonWriter> Write);

/// <summary>
/// Puts up to 25 items in one call. What the table leaves undone is sent again; a call that it refuses as invalid is
/// taken apart, so that one bad item does not cost the others. Each item counts as failed until it is
/// known to be stored.
/// </summary>
internal sealed class BatchWrite(DynamoTable table)
{
    internal async Task<SaveOutcome[]> PutAsync(WritableItem[] items, CancellationToken cancellationToken)
    {
        var outcomes = new SaveOutcome[items.Length];
        Array.Fill(outcomes, SaveOutcome.Failed($"{table.Subject} was not asked."));
        var left = items.Select((item, index) => new WriteOf(index, item)).ToList();
        for (var limit = table.NewLimit(); left.Count > 0 && !limit.IsOver;)
        {
            try
            {
                var before = left.Count;
                left = await WriteAsync(left, outcomes, cancellationToken);
                if (left.Count < before)
                    limit.Restart();
            }
            catch (ThrottledException problem)
            {
                foreach (var write in left)
                    outcomes[write.Index] = SaveOutcome.Postponed(problem.Message);
                return outcomes;
            }
            catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
            {
                if (items.Length > 1 && PutOutcome.IsRefusal(problem))
                    return await PutOneByOneAsync(items, cancellationToken);
                foreach (var write in left)
                    outcomes[write.Index] = PutOutcome.Of(problem, table.Subject);
                return outcomes;
            }
        }
        foreach (var write in left)
            outcomes[write.Index] = SaveOutcome.Failed(
                $"{table.Subject} left the item unwritten until the time limit; it is short of write capacity."
            );
        return outcomes;
    }

    /// <returns>What the table left undone.</returns>
    private async Task<List<WriteOf>> WriteAsync(
        List<WriteOf> writes,
        SaveOutcome[] outcomes,
        CancellationToken cancellationToken
    )
    {
        var unprocessed = await table.PaceAsync(
            table.Writes,
            writes.Count,
            async () =>
                ItemsAnswer.UnwrittenKeys(
                    await table.SendAsync(
                        DirectOperation.BatchWriteItem,
                        writer => WriteRequest(writer, writes),
                        cancellationToken
                    ),
                    table.Name
                ),
            unwritten => unwritten.Count,
            cancellationToken
        );
        var left = unprocessed.Count == 0 ? [] : writes.FindAll(write => unprocessed.Contains(write.Item.Key));
        foreach (var write in writes)
        {
            if (!unprocessed.Contains(write.Item.Key))
                outcomes[write.Index] = SaveOutcome.Saved;
        }
        return left;
    }

    private void WriteRequest(Utf8JsonWriter writer, List<WriteOf> writes)
    {
        writer.WriteStartObject("RequestItems");
        writer.WriteStartArray(table.Name);
        foreach (var write in writes)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("PutRequest");
            writer.WriteStartObject("Item");
            write.Item.Write(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task<SaveOutcome[]> PutOneByOneAsync(WritableItem[] items, CancellationToken cancellationToken)
    {
        var outcomes = new SaveOutcome[items.Length];
        for (var i = 0; i < items.Length; i++)
            outcomes[i] = (await PutAsync([items[i]], cancellationToken))[0];
        return outcomes;
    }

    private readonly record struct WriteOf(int Index, WritableItem Item);
}
