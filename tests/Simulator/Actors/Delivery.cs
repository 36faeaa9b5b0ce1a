using Amazon.Lambda.KinesisEvents;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Simulator.Ports;
using Recommendation.Simulator.Scripts;
using Recommendation.StreamProcessor;

namespace Recommendation.Simulator.Actors;

/// <summary>
/// What Lambda does between a shard and a function: batches at least once, from the lowest failed
/// record, halved on errors.
/// </summary>
internal sealed class Delivery(World world)
{
    private const int BatchSize = 5;

    private int _running;

    internal async Task DeliverAsync(Node node, Shard shard, DeliveryKind kind)
    {
        if (!shard.IsReady || (shard.IsBusy && kind == DeliveryKind.Next))
            return;
        var from = kind == DeliveryKind.Again ? Math.Max(0, shard.Delivered - 1 - world.Random.Next(4))
            : shard.Delivered;
        var count = Math.Min(BatchSize, (kind == DeliveryKind.Again ? shard.Delivered : shard.Records.Count) - from);
        if (count <= 0)
            return;
        if (kind == DeliveryKind.Next)
            shard.IsBusy = true;
        var end = await InvokeAsync(node, shard, from, count, mayHalve: true);
        if (kind != DeliveryKind.Next)
            return; // The answer is that of a delivery that nobody waits for.
        shard.Delivered = Math.Max(shard.Delivered, end);
        shard.IsBusy = false;
    }

    /// <returns>The place of the first record that must come again.</returns>
    private async Task<int> InvokeAsync(Node node, Shard shard, int from, int count, bool mayHalve)
    {
        var records = shard.Records.GetRange(from, count);
        RequestTrace? trace = null;
        var begun = (Alone: ++_running == 1 && world.Busy == 1, Steps: world.Begun);
        try
        {
            var answer = await node.RunAsync(
                (services, token) => services.GetRequiredService<RecordBatches>()
                    .ApplyAsync([.. records.Select(ToRecord)], token),
                one => trace = one);
            CheckProgress(records, trace!, begun.Alone && begun.Steps == world.Begun);
            var failed = answer.BatchItemFailures.Select(one => one.ItemIdentifier).ToHashSet();
            var first = records.FindIndex(record => failed.Contains(record.Position.Sequence.Value));
            if (failed.Count > 0 && first < 0)
                world.Report("The function answered with a record that was not in its batch.");
            return failed.Count == 0 ? from + count : from + first;
        }
        catch (Exception problem)
            when (problem is UnavailableException or NodeDiedException or OperationCanceledException)
        {
            if (problem is UnavailableException)
                CheckProgress(records, trace!, begun.Alone && begun.Steps == world.Begun);
            if (!mayHalve || count == 1)
                return from;
            var half = count / 2;
            var end = await InvokeAsync(node, shard, from, half, mayHalve: false);
            return end == from + half ? await InvokeAsync(node, shard, end, count - half, mayHalve: false) : end;
        }
        finally
        {
            _running--;
        }
    }

    /// <summary>
    /// Whatever becomes of rejected records, the valid ones beside them are applied by the first delivery.
    /// </summary>
    private void CheckProgress(List<StreamedEvent> records, RequestTrace trace, bool isAlone)
    {
        if (!isAlone || trace.HadConflict || trace.IsStopped || trace.Faults.Any(port => port != nameof(IQuarantine)))
            return;
        world.CheckApplied(records.SelectMany(record => record.Accepted));
    }

    private static KinesisEvent.KinesisEventRecord ToRecord(StreamedEvent record) => new()
    {
        EventId = $"{record.Position.Partition}:{record.Position.Sequence}",
        Kinesis = new()
        {
            PartitionKey = record.Key,
            SequenceNumber = record.Position.Sequence.Value,
            Data = new MemoryStream(record.Data, 0, record.Data.Length, writable: false, publiclyVisible: true),
            ApproximateArrivalTimestamp = record.ArrivedAt.UtcDateTime,
        },
    };
}
