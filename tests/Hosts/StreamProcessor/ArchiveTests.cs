using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Profiles;
using Recommendation.Aws;
using Recommendation.Aws.Archive;
using Recommendation.Domain.Interactions;
using Recommendation.Emulators;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>The archive mode: what a delivery stream stores of it is what profiles are rebuilt from.</summary>
[Collection("One environment")]
public sealed class ArchiveTests
{
    [Fact]
    public async Task Profiles_rebuilt_from_what_a_delivery_stream_stores_are_those_that_the_stream_made()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(60);
        shard.Put("oops");
        shard.Put($"[{Shard.Event("u1", "a1")},{{}},{Shard.Event("u2", "a2", eventId: "e-1")}]", "u1");
        shard.Put(
            Aggregated.Of(
                ("u3", Shard.Event("u3", "b1")),
                ("u4", Shard.Event("u4", "b2")),
                ("u3", Shard.Event("u3", "b3"))
            ),
            "u3"
        );
        shard.Add(20);
        await new EventSourceMapping(new MappingOptions(), world.Function.InvokeAsync, () => Shard.Noon).DeliverAsync(
            shard.Records
        );
        var before = await world.ProfilesAsync();

        // Delivered in two objects; the second holds some of the first once more.
        await StoreAsync(world, await TransformAsync(world, shard.Records.Take(50)), "a");
        await StoreAsync(world, await TransformAsync(world, shard.Records.Skip(40)), "b");
        await world.LoseTableAsync();
        Assert.Empty(await world.ProfilesAsync());
        var rebuilt = await world.SendAsync(new RebuildProfiles());

        Assert.Equal((before.Count, 0), (rebuilt.Written, rebuilt.Behind));
        await world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task User_records_that_the_delivery_stream_took_apart_keep_the_places_that_the_stream_function_gave_them()
    {
        await using var world = await StreamWorld.OpenAsync();
        var shard = new Shard();
        shard.Put(
            Aggregated.Of(
                ("u3", Shard.Event("u3", "b1")),
                ("u4", $"[{Shard.Event("u4", "b2")},{Shard.Event("u4", "b3")}]")
            )
        );
        var apart = new[] { Shard.Event("u3", "b1"), $"[{Shard.Event("u4", "b2")},{Shard.Event("u4", "b3")}]" }.Select(
            (data, place) =>
                ToFirehose(
                    shard[0] with
                    {
                        Data = Encoding.UTF8.GetBytes(data),
                    },
                    place.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )
        );

        var transformed = await InvokeAsync(world.Function, [.. apart]);

        var lines = transformed.SelectMany(record => LinesOf(record)).ToList();
        Assert.Equal(
            shard.Interactions.Select(one => (one.ItemId.Value, one.Position.Index)),
            lines.Select(line =>
                (
                    line.GetProperty("itemId").GetString()!,
                    line.TryGetProperty("index", out var index) ? index.GetInt32() : 0
                )
            )
        );
    }

    [Fact]
    public async Task What_is_rejected_is_dropped_and_what_comes_from_no_stream_fails()
    {
        await using var world = await StreamWorld.OpenAsync();
        var shard = new Shard();
        shard.Put("oops");
        shard.Put(Shard.Event("ann", "i1"));
        var orphan = ToFirehose(shard[1], "");
        orphan.KinesisRecordMetadata = null;

        var transformed = await InvokeAsync(world.Function, ToFirehose(shard[0], ""), ToFirehose(shard[1], ""), orphan);

        Assert.Equal(["Dropped", "Ok", "ProcessingFailed"], transformed.Select(record => record.Result));
        Assert.Equal(orphan.Base64EncodedData, transformed[2].Base64EncodedData);
        Assert.Equal(
            "2026-07-01T12:10:00.001Z",
            Assert.Single(LinesOf(transformed[1])).GetProperty("arrivedAt").GetString()
        );
    }

    [Fact]
    public async Task A_record_over_its_budget_is_left_out_whole_also_when_the_delivery_stream_took_it_apart()
    {
        await using var world = await StreamWorld.OpenAsync();
        var shard = new Shard();
        byte[][] apart =
        [
            Encoding.UTF8.GetBytes(Shard.Event("ann", "i1")),
            .. Enumerable.Repeat(Attack.PackedZeros(), 2),
            Encoding.UTF8.GetBytes(Shard.Event("ann", "i2")),
        ];
        shard.Put(Aggregated.Of([.. apart.Select(data => ("k", data))]));
        shard.Put(Shard.Event("ann", "i3"));
        Assert.Equal("i3", Assert.Single(shard.Interactions).ItemId.Value);

        var transformed = await InvokeAsync(
            world.Function,
            [
                .. apart.Select(
                    (data, place) =>
                        ToFirehose(
                            shard[0] with
                            {
                                Data = data,
                            },
                            place.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        )
                ),
                ToFirehose(shard[0] with { Data = apart[0] }, "16384"),
                ToFirehose(shard[1], ""),
            ]);

        Assert.Equal(
            ["Dropped", "Dropped", "Dropped", "Dropped", "Dropped", "Ok"],
            transformed.Select(record => record.Result)
        );
    }

    [Fact]
    public async Task An_answer_never_gets_larger_than_lambda_takes()
    {
        await using var world = await StreamWorld.OpenAsync();
        var shard = new Shard();
        var tiny = $"[{string.Join(',', Enumerable.Repeat("""{"userId":"a","itemId":"b"}""", 10_000))}]";
        for (var i = 0; i < 4; i++)
            shard.Put(tiny);

        var outcome = await world.Function.InvokeAsync(
            EventOf([.. shard.Records.Select(record => ToFirehose(record, ""))])
        );

        Assert.True(outcome.Body.Length < RuntimeApi.MaximumAnswer);
        var results = JsonSerializer
            .Deserialize<KinesisFirehoseResponse>(outcome.Body.Span)!
            .Records.Select(record => record.Result)
            .ToList();
        Assert.Equal("Ok", results[0]);
        Assert.Contains("ProcessingFailed", results);
    }

    [Fact]
    public async Task A_record_is_stored_under_the_group_of_its_user_and_one_of_several_groups_under_their_own_name()
    {
        await using var world = await StreamWorld.OpenAsync();
        var shard = new Shard();
        shard.Put(Shard.Event("u1", "a"));
        shard.Put($"[{Shard.Event("u1", "a")},{Shard.Event("u1", "b")}]");
        shard.Put($"[{Shard.Event("u1", "a")},{Shard.Event("u2", "b")}]");
        shard.Put("oops");

        var records = await InvokeAsync(world.Function, [.. shard.Records.Select(record => ToFirehose(record, ""))]);

        var own = ArchiveKey.NameOf(UserBucket.Of(UserId.Parse("u1")));
        Assert.NotEqual(own, ArchiveKey.NameOf(UserBucket.Of(UserId.Parse("u2"))));
        Assert.Equal([own, own, "mixed", null], records.Select(record => record.Metadata?.PartitionKeys["bucket"]));
        // The name that the delivery's prefix refers to is this one; see the tests of the stack.
        Assert.Equal("bucket", ArchiveTransformation.PartitionKey);
    }

    private static async Task<IReadOnlyList<KinesisFirehoseResponse.FirehoseRecord>> TransformAsync(
        AwsWorld world,
        IEnumerable<StreamedRecord> records
    ) => await InvokeAsync(world.Function, [.. records.Select(record => ToFirehose(record, ""))]);

    private static async Task<IReadOnlyList<KinesisFirehoseResponse.FirehoseRecord>> InvokeAsync(
        Function function,
        params KinesisFirehoseEvent.FirehoseRecord[] records
    )
    {
        var outcome = await function.InvokeAsync(EventOf(records));
        Assert.False(outcome.IsError, outcome.Text);
        var answer = JsonSerializer.Deserialize<KinesisFirehoseResponse>(outcome.Body.Span)!;
        Assert.Equal(records.Select(record => record.RecordId), answer.Records.Select(record => record.RecordId));
        return [.. answer.Records];
    }

    private static byte[] EventOf(KinesisFirehoseEvent.FirehoseRecord[] records) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new KinesisFirehoseEvent
            {
                InvocationId = "i",
                DeliveryStreamArn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/archive",
                Region = "us-east-1",
                Records = records,
            }
        );

    private static KinesisFirehoseEvent.FirehoseRecord ToFirehose(StreamedRecord record, string subsequenceNumber) =>
        new()
        {
            RecordId = $"{record.SequenceNumber}-{subsequenceNumber}",
            ApproximateArrivalEpoch = record.ArrivedAt.ToUnixTimeMilliseconds(),
            Base64EncodedData = Convert.ToBase64String(record.Data.Span),
            KinesisRecordMetadata = new()
            {
                ShardId = record.Shard,
                PartitionKey = record.PartitionKey,
                SequenceNumber = record.SequenceNumber,
                SubsequenceNumber = subsequenceNumber,
                ApproximateArrivalTimestamp = record.ArrivedAt.ToUnixTimeMilliseconds(),
            },
        };

    private static IEnumerable<JsonElement> LinesOf(KinesisFirehoseResponse.FirehoseRecord record) =>
        Encoding
            .UTF8.GetString(Convert.FromBase64String(record.Base64EncodedData))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>
    /// As a delivery stream does it: the data of the records that are well, one after the other, compressed.
    /// </summary>
    private static Task<PutObjectResponse> StoreAsync(
        AwsWorld world,
        IEnumerable<KinesisFirehoseResponse.FirehoseRecord> records,
        string name
    )
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (
                var record in records.Where(record => record.Result is KinesisFirehoseResponse.TRANSFORMED_STATE_OK)
            )
                gzip.Write(Convert.FromBase64String(record.Base64EncodedData));
        }
        output.Position = 0;
        return world.WithAsync(services => services.GetRequiredService<IAmazonS3>().PutObjectAsync(new PutObjectRequest
        {
            BucketName = services.GetRequiredService<AwsOptions>().BucketName,
            Key = $"archive/2026/07/01/archive-1-2026-07-01-12-10-00-{name}.jsonl.gz",
            InputStream = output,
            UseChunkEncoding = false,
        }));
    }
}
